"""Pronouns: whom "she", "they", "its", "I" and "we" stand for, by salience (Lappin & Leass 1994), agreement and who speaks.

Each mention before a pronoun weighs by its grammatical role, half as much with every sentence further back, and a
cluster weighs what its mentions weigh together. What the weights cannot part stays unresolved.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from claimgraph.actors.names import person_key, speaks_for_body
from claimgraph.lexicon import load_map

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claimgraph.actors.clusters import Cluster, Speech, State
    from claimgraph.language import Token
    from claimgraph.model import Mention

FOCUS_SENTENCES = 4
"""A pronoun looks back so far for its antecedent."""
SUBJECT, OBJECT, OTHER, HEAD = 180, 150, 140, 80
"""Lappin & Leass's weights: recency 100 in each; a mention that is part of no other noun phrase has HEAD more."""
SUBJECTS = {"nsubj", "nsubjpass", "csubj", "agent"}
SPEAKERS = {"i", "me", "my", "mine", "myself"}
SPEAKERS_SIDE = {"we", "us", "our", "ours", "ourselves"}
THEY = {"they", "them", "their", "theirs", "themselves"}
IT = {"it", "its", "itself"}
FEMALE, MALE = {"she", "her", "hers", "herself"}, {"he", "him", "his", "himself"}
NOBODY = {"any", "no", "every", "each", "neither", "either"}
"""Determiners of a noun phrase that "he" and "she" do not go back to."""
DOUBTFUL = 0.6
"""Of a person whom one word names that no title, given name or pronoun shows to be one: often a recogniser's mistake."""
HEARD, OWN = 1.5, 2.0
"""Who spoke before goes on to speak; in what somebody says, "he" is oftenest himself: "Reed wrote that he had"."""
OPENING, TOLD_OF = 4.0, 0.5
"""The subject that opens what somebody says is nearly always himself, "Reed said he was"; who goes on to speak is seldom
somebody of whom the quotation before only tells."""
LEAD = {"person": 1.15, "thing": 1.3}
"""How much heavier than the second the first antecedent must be."""


def join_pronouns(state: State) -> None:
    """Each pronoun of the text, in its order, joined to whom it stands for where that is sure enough."""
    focus = Focus(state)
    own = SPEAKERS | SPEAKERS_SIDE
    pronouns = [m for m in state.mentions if m.kind == "pronoun"]
    for mention in sorted(
        pronouns, key=lambda m: (m.text.lower() in own, m.start)
    ):  # "I" needs to know who "he said" is
        if state.of[mention.id].mentions == [mention]:
            found = _antecedent(focus, mention)
            if found is not None:
                cluster = state.of[found.id]
                cluster.gender = cluster.gender or gender_of_pronoun(mention.text)
                state.join(mention.id, found.id, "speaker" if mention.text.lower() in SPEAKERS else "pronoun")


def _antecedent(focus: Focus, pronoun: Mention) -> Mention | None:
    word = pronoun.text.lower()
    if word in SPEAKERS:
        return focus.speaker_around(pronoun)
    if word in SPEAKERS_SIDE:
        speaker = focus.speaker_around(pronoun)
        return _side_of(focus.state, speaker) if speaker is not None else None
    if word in IT:
        return _body(focus, pronoun)
    if word in THEY:
        return focus.heaviest(pronoun, {"group": 1.0, "organization": 0.6}, lead=LEAD["thing"], rivals="plural")
    return focus.heaviest(pronoun, {"person": 1.0}, lead=LEAD["person"])


def _side_of(state: State, speaker: Mention) -> Mention | None:
    """Who speaks where several do: the group or body itself, the one that a speaker holds an office of."""
    cluster = state.of[speaker.id]
    if cluster.type != "person":
        return speaker
    offices = (o for o in state.offices if o.of and state.of[o.holder] is cluster and speaks_for_body(o.title))
    return next((state.by_id[str(o.of)] for o in offices), None)


def _body(focus: Focus, pronoun: Mention) -> Mention | None:
    """it, its: a body or place, none where "it" is only the grammar's ("it is clear that")."""
    token = focus.state.heads[pronoun.id]
    if token.dep == "expl" or _is_empty(token):
        return None
    speaking = token.dep in SUBJECTS and focus.state.speaks(pronoun)
    types = {"organization": 1.0, "place": 0.6 if speaking else 0.9, "document": 1.0 if speaking else 0.8}
    return focus.heaviest(pronoun, types, lead=LEAD["thing"], rivals="singular")


def _is_empty(token: Token) -> bool:
    """Whether "it" only fills the place of a subject: "it is likely that", "it was raining", "it took years to"."""
    verb = token.head
    if token.dep not in SUBJECTS or verb.lemma not in {
        "be",
        "seem",
        "appear",
        "take",
        "rain",
        "snow",
        "make",
        "become",
    }:
        return False
    clauses = [c for c in verb.children if c.dep in {"ccomp", "xcomp", "advcl", "csubj", "acomp", "attr"}]
    return any(c.pos in {"VERB", "AUX"} or c.having("ccomp", "xcomp", "advcl", "relcl") for c in clauses) or not clauses


class Focus:
    """The mentions and other nouns of an article by sentence, with the weight of each."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.by_sentence: dict[int, list[Mention]] = defaultdict(list)
        self.taken: set[int] = set()
        for mention in state.mentions:
            self.by_sentence[state.heads[mention.id].sentence.index].append(mention)
            self.taken.update(t.i for t in state.tokens[mention.id])
        self.direct = [s for s in state.speeches if s.direct]

    def heaviest(
        self, pronoun: Mention, types: dict[str, float], *, lead: float, rivals: str | None = None
    ) -> Mention | None:
        """The last mention of the heaviest cluster of these types, None where another noun or cluster weighs nearly as much."""
        at, speaking = self.state.heads[pronoun.id], self.state.speaks(pronoun)
        told = [s for s in self.state.speeches if not s.direct and s.holds(pronoun.start)]
        within = self._quoted(at)
        own = min(told, key=lambda s: s.end - s.pieces[0][0], default=None)
        weights: dict[int, float] = defaultdict(float)
        last: dict[int, Mention] = {}
        for mention in self._before(pronoun, at, types):
            cluster = self.state.of[mention.id]
            doubt = DOUBTFUL if cluster.type == "person" and _is_doubtful(cluster) else 1.0
            heard = HEARD if (speaking or told) and self.state.speaks(mention) else 1.0
            if own is not None and own.names(mention):
                heard = OPENING if at.dep in SUBJECTS and pronoun.start - own.pieces[0][0] <= len("that ") else OWN
            elif speaking and not within and self._quoted(self.state.heads[mention.id]):
                heard = TOLD_OF
            weights[id(cluster)] += self._weight(self.state.heads[mention.id], at) * types[cluster.type] * doubt * heard
            last[id(cluster)] = mention
        order = sorted(weights, key=lambda c: (-weights[c], -last[c].start))
        if not order:
            return None
        others = [weights[order[1]]] if len(order) > 1 else []
        if rivals and not (speaking and (at.dep in SUBJECTS or at.lower == "its")):  # things do not speak
            others += [self._weight(token, at) for token in self._rivals(at, rivals)]
        return last[order[0]] if weights[order[0]] >= lead * max(others, default=0.0) else None

    def _before(self, pronoun: Mention, at: Token, types: dict[str, float]) -> Iterator[Mention]:
        """Mentions that a pronoun may stand for: before it in focus, or the subject that its phrase is put before."""
        state, gender = self.state, gender_of_pronoun(pronoun.text)
        quoting = [s for s in self.direct if s.holds(pronoun.start)]
        floor = max((s.pieces[0][0] for s in quoting), default=0) if gender is None else 0
        subject = _postponed_subject(at)
        for index in range(max(at.sentence.index - FOCUS_SENTENCES, 0), at.sentence.index + 1):
            for mention in self.by_sentence.get(index, ()):
                cluster, head = state.of[mention.id], state.heads[mention.id]
                if cluster.type not in types or all(m.kind == "pronoun" for m in cluster.mentions):
                    continue
                if cluster.type == "organization" and pronoun.text.lower() in THEY and _is_vague(cluster):
                    continue
                if mention.start < floor or (mention.end > pronoun.start and head is not subject):
                    continue
                if mention.origin == "described" or head.sentence.zone == "byline" or not fits(cluster, gender):
                    continue
                if gender is not None and not cluster.named and self._is_nobody(mention):
                    continue
                if any(s.names(mention) for s in quoting) or _bound(head, at):
                    continue
                yield mention

    def _is_nobody(self, mention: Mention) -> bool:
        """Whether a noun phrase says what something is, or stands for nobody in particular: "any official"."""
        return self.state.heads[mention.id].dep in {"attr", "oprd"} or self.state.tokens[mention.id][0].lower in NOBODY

    def _weight(self, head: Token, at: Token) -> float:
        distance = at.sentence.index - head.sentence.index
        role = SUBJECT if head.dep in SUBJECTS else OBJECT if head.dep in {"dobj", "dative"} else OTHER
        role += HEAD if head.dep not in {"poss", "compound", "nmod", "amod", "appos"} and not _embedded(head) else 0
        return role * 0.5**distance

    def _rivals(self, at: Token, number: str) -> list[Token]:
        """Nouns before the pronoun in its sentence, and subjects of the one before, that are no actors."""
        tags = {"NNS", "NNPS"} if number == "plural" else {"NN", "NNP"}
        index = at.sentence.index
        before = self.state.parse.sentences[index - 1].tokens if index else []
        tokens = [t for t in before if t.dep in SUBJECTS] + [
            t for t in at.sentence.tokens if t.i < at.i and t.dep in {*SUBJECTS, "dobj", "pobj"}
        ]
        outside = not self._quoted(at)
        return [t for t in tokens if t.tag in tags and t.i not in self.taken and not (outside and self._quoted(t))]

    def _quoted(self, token: Token) -> bool:
        return any(s.holds(token.start) for s in self.direct)

    def speaker_around(self, pronoun: Mention) -> Mention | None:
        """Who speaks the direct quotation that holds a pronoun."""
        around = [s for s in self.direct if s.source and s.holds(pronoun.start)]
        inner = max(around, key=lambda s: s.pieces[0], default=None)
        return source_of(self.state, inner) if inner is not None else None


def source_of(state: State, speech: Speech) -> Mention | None:
    """The longest actor's mention in a speech's source."""
    if speech.source is None:
        return None
    start, end = speech.source
    inside = [m for m in state.mentions if start <= m.start and m.end <= end and m.type != "place"]
    inside = [m for m in inside if any(x.kind != "pronoun" for x in state.of[m.id].mentions)]
    return max(inside, key=lambda m: (m.type == "person", m.end - m.start, -m.start), default=None)


def _is_vague(cluster: Cluster) -> bool:
    """Whether all that is known of somebody is that it says something: "our work shows"."""
    return all(m.kind == "pronoun" or m.origin == "source" for m in cluster.mentions)


def _is_doubtful(cluster: Cluster) -> bool:
    return cluster.gender is None and not cluster.titles and " " not in (cluster.longest_name() or " ")


def _bound(head: Token, at: Token) -> bool:
    """Whether two words are the subject and an object of one verb, which are never the same (Binding Theory, principle B)."""
    verb = at.head if at.dep != "pobj" else at.head.head
    return at.tag == "PRP" and not at.lower.endswith(("self", "selves")) and head.head is verb and at is not head


def _postponed_subject(at: Token) -> Token | None:
    """The subject behind a phrase or clause put in front: "In his speech, X said", "After she left, X said"."""
    for token in at.ancestors():
        if token.dep in {"prep", "advcl"} and token.head.pos in {"VERB", "AUX"} and token.i < token.head.i:
            return next((s for s in token.head.having("nsubj", "nsubjpass") if s.i > at.i), None)
    return None


def _embedded(head: Token) -> bool:
    """Whether a word hangs on another noun by a preposition ("the mayor of X")."""
    return head.dep == "pobj" and head.head.head.pos in {"NOUN", "PROPN"}


def gender_of_pronoun(text: str) -> str | None:
    """Which of "male" and "female" a third-person pronoun is; None of other words."""
    word = text.lower()
    return "female" if word in FEMALE else "male" if word in MALE else None


def fits(cluster: Cluster, gender: str | None) -> bool:
    """Whether nothing says that somebody is of the other gender."""
    if gender is None:
        return True
    cluster.gender = cluster.gender or given_gender(cluster)
    return cluster.gender is None or cluster.gender == gender


def given_gender(cluster: Cluster) -> str | None:
    """The gender that a given name, an honorific or a word for the person tells; None where they do not."""
    genders: dict[str, int] = defaultdict(int)
    for mention in cluster.mentions:
        words = mention.text.split()
        found = load_map("gender_words").get(words[-1].lower()) or load_map("gender_words").get(words[0].lower())
        if mention.kind == "name" and " " in person_key(mention.text):
            found = load_map("given_names").get(person_key(mention.text).split()[0]) or found
        if found:
            genders[found] += 1
    return max(genders, key=lambda g: (genders[g], g)) if genders else None
