// Newsroom measures: who is heard, how, and about whom. Counts alone; measures.js shows them.

import { accusation, articleOf, claimantOf, outletOf, parentOf, tellersOf } from "./claims.js";
import { links, linksOf, nodes } from "./data.js";
import { shows, showsLink } from "./filters.js";
import { BETWEEN_CLAIMS, KINDS } from "./kinds.js";
import { byName, dayOf, isVague, NO_OUTLET, NOBODY } from "./sayings.js";

const ACTORS = ["person", "organization", "group", "place", "document"];

/**
 * The claims that are counted, each with its source. One inside another counts only where it has a source of its own:
 * "Ada said that Bo fears a flood" is two voices, two sentences of one quotation are one.
 */
export function voices() {
  const counted = [...nodes.values()].filter((node) => node.kind === "claim" && shows(node) && isVoice(node));
  return counted.map((claim) => {
    const who = claimantOf(claim) ?? null;
    return { claim, who, vague: isVague(claim), words: wordsIn(claim), outlet: outletOf(articleOf(claim)) || NO_OUTLET };
  });
}

function isVoice(claim) {
  const [who, outer] = [claimantOf(claim), parentOf(claim)];
  return !outer || Boolean(who && who !== claimantOf(outer));
}

/** How many words a claim has; none where the page holds no words. */
const wordsIn = (claim) => (claim.text ?? "").match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’.-]*/gu)?.length ?? 0;

/** `rows` by what `keyOf` gives, most first: [{ key, rows }]. */
function gathered(rows, keyOf) {
  const found = new Map();
  for (const row of rows) {
    const key = keyOf(row);
    if (!found.has(key)) found.set(key, []);
    found.get(key).push(row);
  }
  return [...found].map(([key, members]) => ({ key, rows: members })).sort((a, b) => b.rows.length - a.rows.length || byName(nameOf(a.key), nameOf(b.key)));
}

const nameOf = (key) => key?.label ?? (typeof key === "string" ? key : NOBODY);
const sum = (rows, field) => rows.reduce((total, row) => total + row[field], 0);

/** { name, node, claims, words } of each, with its `share` of all claims and `wordShare` of all words. */
function shares(rows, keyOf) {
  const words = sum(rows, "words");
  return gathered(rows, keyOf).map(({ key, rows: members }) => ({
    name: nameOf(key), node: key?.kind ? key : null, claims: members.length, words: sum(members, "words"),
    share: members.length / rows.length, wordShare: words ? sum(members, "words") / words : 0,
  }));
}

/** Share of voice of each source that has a name. */
export const bySpeaker = (rows) => shares(rows, ({ who, vague }) => (vague ? null : who)).filter(({ node }) => node);

/** Share of voice of each kind of actor; sources without a name are a kind of their own. */
export const byKind = (rows) => shares(rows, ({ who, vague }) => (vague || !who ? "Sources without a name" : KINDS[who.kind].many));

/** How many claims are quoted word for word, in part, or rendered: { name, node, total, direct, mixed, indirect } of each. */
function forms(rows, keyOf) {
  return gathered(rows, keyOf).map(({ key, rows: members }) => {
    const having = (form) => members.filter(({ claim }) => claim.form === form).length;
    return { name: nameOf(key), node: key?.kind ? key : null, total: members.length, direct: having("direct"), mixed: having("mixed"), indirect: having("indirect") };
  });
}

export const formsByOutlet = (rows) => forms(rows, ({ outlet }) => outlet);
export const formsBySpeaker = (rows) => forms(rows, ({ who, vague }) => (vague ? null : who)).filter(({ node }) => node);

/** Of each outlet, how many claims have a source without a name, and its most frequent ones: { name, total, vague, share, sources }. */
export function vagueByOutlet(rows) {
  const found = gathered(rows, ({ outlet }) => outlet).map(({ key, rows: members }) => {
    const vague = members.filter((row) => row.vague);
    const sources = gathered(vague.filter(({ who }) => who), ({ who }) => who.label.toLowerCase()).slice(0, 3).map((one) => one.key);
    return { name: key, total: members.length, vague: vague.length, share: vague.length / members.length, sources };
  });
  return found.sort((a, b) => b.share - a.share || b.total - a.total || byName(a.name, b.name));
}

/** { from, to, type, count } of sources whose claims bear on each other; `from` and `to` are names. */
export function answers() {
  const met = links.filter((link) => BETWEEN_CLAIMS.includes(link.type) && showsLink(link));
  const side = (id) => claimantOf(nodes.get(id)) ?? null;
  const pairs = met.map((link) => ({ from: side(link.from), to: side(link.to), type: link.type }));
  const key = ({ from, to, type }) => `${BETWEEN_CLAIMS.indexOf(type)}|${from?.id}|${to?.id}`;
  return gathered(pairs, key).map(({ rows }) => ({ ...rows[0], count: rows.length }));
}

/** { who, about, count, negative, positive } of named sources and the actors that their claims name, others than themselves. */
export function speaksAbout(rows) {
  const named = rows.filter(({ vague }) => !vague);
  const pairs = named.flatMap(({ claim, who }) => linksOf(claim.id, "about", "from").map((link) => ({ claim, who, about: nodes.get(link.to) })));
  const kept = pairs.filter(({ who, about }) => about !== who && !about.vague && ACTORS.includes(about.kind) && about.kind !== "place");
  return gathered(kept, ({ who, about }) => `${who.id}|${about.id}`).map(({ rows: members }) => {
    const having = (stance) => members.filter(({ claim }) => claim.stance === stance).length;
    return { who: members[0].who, about: members[0].about, count: members.length, negative: having("negative"), positive: having("positive") };
  });
}

/** Claims, and reported events that no such claim tells of, that accuse somebody by name: { node, people, offence, day, outlet }. */
export function accusations() {
  const claims = listOf("claim");
  const told = new Set(claims.map(({ offence }) => offence).filter(Boolean));
  const events = listOf("event").filter(({ node }) => !told.has(node));
  const all = [...claims, ...events].map((one) => ({ ...one, speakers: one.node.kind === "claim" ? [one.node] : tellersOf(one.node) }));
  return all.sort((a, b) => byName(a.people[0].label, b.people[0].label) || a.node.id - b.node.id);
}

function listOf(kind) {
  const found = [];
  for (const node of nodes.values()) {
    const accused = node.kind === kind && shows(node) ? accusation(node) : null;
    if (accused) found.push({ node, ...accused, day: dayOf(node), outlet: outletOf(articleOf(node)) });
  }
  return found;
}

/** The claims that an earlier graph did not have; nothing where the page was not compared with one. */
export const fresh = () => [...nodes.values()].filter((node) => node.fresh && shows(node));
