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

// How a link reads from its start and from its end. `tone` is the colour that page.css gives it.
export const LINKS = {
  said: { out: "said", back: "said by", tone: "claim" },
  about: { out: "is about", back: "is spoken about in", tone: "plain" },
  topic: { out: "concerns", back: "is the topic of", tone: "plain" },
  reports: { out: "tells of", back: "is told of in", tone: "plain" },
  participant: { out: "involves", back: "takes part in", tone: "event" },
  place: { out: "took place in", back: "is the place of", tone: "place" },
  inside: { out: "stands inside", back: "contains", tone: "claim" },
  role: { out: "holds a role of", back: "has a role held by", tone: "person" },
  located: { out: "lies in", back: "contains", tone: "place" },
  author: { out: "is by", back: "is the author of", tone: "plain" },
  part: { out: "includes", back: "is a part of", tone: "event" },
  corroborates: { out: "supports", back: "is supported by", tone: "agree" },
  restates: { out: "says again", back: "is said again in", tone: "agree" },
  contradicts: { out: "contradicts", back: "is contradicted by", tone: "against" },
  "responds-to": { out: "answers", back: "is answered by", tone: "against" },
};
export const MEETINGS = { agree: "Support", against: "Contradiction" };
export const BETWEEN_CLAIMS = ["restates", "corroborates", "contradicts", "responds-to"];
