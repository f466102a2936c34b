// The kinds of nodes and links: names, shapes, and how a link reads from each end.

export const KINDS = {
  person: { one: "Person", many: "People", path: "M0-9A9 9 0 1 1 0 9A9 9 0 1 1 0-9Z" },
  organization: { one: "Organization", many: "Organizations", path: "M-8-8H8V8H-8Z" },
  group: { one: "Group", many: "Groups", path: "M-10 0L-5-8.5H5L10 0L5 8.5H-5Z" },
  place: { one: "Place", many: "Places", path: "M0 11C-3 6-8 3-8-3A8 8 0 0 1 8-3C8 3 3 6 0 11Z" },
  document: { one: "Document", many: "Documents", path: "M-7-9H3L7-5V9H-7Z" },
  event: { one: "Event", many: "Events", path: "M0-10L10 0L0 10L-10 0Z" },
  claim: { one: "Claim", many: "Claims", path: "M-8-9H8A2 2 0 0 1 10-7V3A2 2 0 0 1 8 5H0L-5 10V5H-8A2 2 0 0 1-10 3V-7A2 2 0 0 1-8-9Z" },
  topic: { one: "Topic", many: "Topics", path: "M0-9L9.5 7H-9.5Z" },
};

// How a link reads from its start and from its end. `way` is how it is drawn, `tone` the colour that page.css gives it.
export const LINKS = {
  said: { out: "said", back: "said by", way: "says", tone: "claim" },
  about: { out: "is about", back: "is spoken about in", way: "about", tone: "plain" },
  topic: { out: "concerns", back: "is the topic of", way: "about", tone: "plain" },
  reports: { out: "tells of", back: "is told of in", way: "about", tone: "plain" },
  participant: { out: "involves", back: "takes part in", way: "part", tone: "event" },
  place: { out: "took place in", back: "is the place of", way: "place", tone: "place" },
  inside: { out: "stands inside", back: "contains", way: "says", tone: "claim" },
  role: { out: "holds a role of", back: "has a role held by", way: "role", tone: "person" },
  located: { out: "lies in", back: "contains", way: "place", tone: "place" },
  author: { out: "is by", back: "is the author of", way: "about", tone: "plain" },
  part: { out: "includes", back: "is a part of", way: "part", tone: "event" },
  corroborates: { out: "supports", back: "is supported by", way: "agree", tone: "agree" },
  restates: { out: "says again", back: "is said again in", way: "agree", tone: "agree" },
  contradicts: { out: "contradicts", back: "is contradicted by", way: "against", tone: "against" },
  "differs-in-scope": { out: "has another figure, of another scope, than", back: "has another figure, of another scope, than", way: "answers", tone: "plain" },
  "responds-to": { out: "answers", back: "is answered by", way: "answers", tone: "against" },
};

// The ways of linking, told apart without colour: by thickness, dashes (drawn and left out in turn) and what ends them.
export const WAYS = {
  says: { name: "Says", tells: "from who says it to the claim", tone: "claim", width: 1.3, dashes: false, end: "arrow" },
  about: { name: "Is about", tells: "from a claim to what it speaks or tells of", tone: "plain", width: 1.1, dashes: false, end: "vee" },
  part: { name: "Takes part", tells: "from an event to who is in it", tone: "event", width: 1.3, dashes: [2, 3], end: "circle" },
  place: { name: "Place", tells: "to where it was or lies", tone: "place", width: 1.3, dashes: [9, 3, 2, 3], end: "circle" },
  role: { name: "Office", tells: "from who holds it to the body", tone: "person", width: 1.5, dashes: [12, 4], end: "bar" },
  agree: { name: "Supports", tells: "two claims that say the same or fit together", tone: "agree", width: 2.4, dashes: false, end: "arrow" },
  against: { name: "Contradicts", tells: "two claims that cannot both be so", tone: "against", width: 2.4, dashes: [7, 5], end: "arrow" },
  answers: { name: "Answers", tells: "a claim that is a reply to another", tone: "against", width: 2.2, dashes: [2, 4], end: "vee" },
};
export const BETWEEN_CLAIMS = ["restates", "corroborates", "contradicts", "responds-to", "differs-in-scope"];
