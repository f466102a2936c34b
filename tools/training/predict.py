"""Experiment: predictions of a torch checkpoint. usage: predict.py CKPT GOLD.jsonl OUT.jsonl [--fold N] [--limit N]"""
import argparse, json, sys, pickle
from pathlib import Path
import numpy as np, torch
import minilm
from data import load
from claimgraph.attribution.minilm import decode_cues, to_attribution
from claimgraph.frames import snap
from claimgraph.model import Span
from claimgraph.tagged import to_draft

def logits(model, docs, tok):
    """per doc: list of (window, cue probs, {cue range: role logits})"""
    ex = minilm.examples(docs, tok); out = {}
    model.eval()
    with torch.no_grad():
        for e in ex:
            b = minilm.collate([e])
            x = model.words(b)
            p = torch.softmax(model.cue(x)[0], -1).numpy()
            pairs = []
            w = e.window
            for a, z, s in decode_cues(p, 0.12):
                if not w.begin <= w.first + a < w.end: continue
                f = e.pair_features(a, z); m = np.zeros(len(e.at), dtype=np.float32); m[a:z] = 1 / (z - a)
                r = model.roles(x, torch.tensor([0]), torch.tensor(m[None]), *(torch.tensor(y[None]) for y in f))[0]
                pairs.append((a, z, s, torch.log_softmax(r, -1).numpy()))
            out.setdefault(e.doc.id, []).append((w, p, pairs))
    return out

def attributions(doc, wins, threshold=.4, switch=.5):
    toks = doc.parse.tokens; text = doc.parse.text; found = []
    for w, p, pairs in wins:
        for a, z, s, r in pairs:
            if s < threshold: continue
            f = to_attribution(w, a, z, np.exp(r), s)
            src, con = f.source, f.content
            if not con: continue
            d = to_draft(doc.parse, f, doc.quotations, name="minilm")
            if d: found.append(d)
    return found

def dump(docs, preds, path):
    js = lambda s: {"start": s.start, "end": s.end, "text": s.text}
    with open(path, "w") as f:
        for d in docs:
            cl = []
            F = preds[d.id]
            for n, a in enumerate(F):
                inside = None
                for m, b in enumerate(F):
                    if m != n and any(a.cue and c.start <= a.cue.start and a.cue.end <= c.end for c in b.content): inside = f"c{m}"
                cl.append({"id": f"c{n}", "source": js(a.source) if a.source else None, "cue": js(a.cue) if a.cue else None, "content": [js(c) for c in a.content], "inside": inside})
            f.write(json.dumps({"id": d.id, "text": d.parse.text, "claims": cl, "entities": []}) + "\n")

def main():
    p = argparse.ArgumentParser(); p.add_argument("ckpt"); p.add_argument("gold", type=Path); p.add_argument("out"); p.add_argument("--fold", type=int, default=-1); p.add_argument("--limit", type=int); p.add_argument("--sweep", action="store_true")
    a = p.parse_args(); torch.set_num_threads(1)
    c = torch.load(a.ckpt); enc, tok = minilm.base_model(c["layers"]); model = minilm.Tagger(enc); model.load_state_dict(c["state"])
    docs = load(a.gold, a.limit)
    if a.fold >= 0: docs = [d for d in docs if d.fold == a.fold]
    L = logits(model, docs, tok)
    for th in ((.35,.5,.65) if a.sweep else (.4,)):
        for sw in (0,):
            dump(docs, {d.id: attributions(d, L[d.id], th, sw) for d in docs}, a.out)
            if a.sweep:
                import subprocess
                g = "/tmp/gold_tmp.jsonl"; ids = {d.id for d in docs}
                open(g, "w").writelines(l for l in open(a.gold) if json.loads(l)["id"] in ids)
                print(th, sw, subprocess.run([sys.executable, "/work/shared/tools/score.py", "quotes", g, a.out], capture_output=True, text=True).stdout.splitlines()[-1], flush=True)
if __name__ == "__main__": main()
