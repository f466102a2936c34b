"""Writes a checkpoint as the files that ship: words.onnx (int8), roles.onnx, tokenizer.json. usage: export.py CKPT DIR"""

import sys
import tempfile
from pathlib import Path

import minilm
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

AXES = {0: "batch", 1: "pieces"}


class Words(torch.nn.Module):
    """Pieces and features of a window -> a vector for each word, logits of its being a cue."""

    def __init__(self, tagger):
        super().__init__()
        self.tagger = tagger

    def forward(self, ids, at, tags, deps, cuelex, quoted):
        h = self.tagger.encoder(input_ids=ids, attention_mask=torch.ones_like(ids)).last_hidden_state[0]
        t = self.tagger
        x = torch.cat([h[at], t.tag(tags), t.dep(deps), t.cuelex(cuelex), t.quoted(quoted)], -1)
        return x, t.cue(x)


class Roles(torch.nn.Module):
    """Word vectors, a cue's mean vector, features of words towards it -> logits of the roles."""

    def __init__(self, tagger):
        super().__init__()
        self.tagger = tagger

    def forward(self, words, cue, branch, distance, parting):
        t = self.tagger
        return t.role(t.word(words) + t.mark(cue) + t.branch(branch) + t.distance(distance) + t.parting(parting))


def main():
    c = torch.load(sys.argv[1])
    encoder, tokenizer = minilm.base_model(c["layers"])
    encoder.config._attn_implementation = "eager"
    tagger = minilm.Tagger(encoder)
    tagger.load_state_dict(c["state"])
    tagger.eval()
    out = Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    n, d = 5, tagger.word.in_features
    index = torch.zeros(n, dtype=torch.long)
    with tempfile.TemporaryDirectory() as place:
        plain = f"{place}/words.onnx"
        names = ["ids", "at", "tags", "deps", "cuelex", "quoted"]
        axes = {"ids": {1: "pieces"}} | {name: {0: "words"} for name in [*names[1:], "x", "cues"]}
        given = (torch.ones(1, 9, dtype=torch.long), index, index, index, index, index)
        torch.onnx.export(Words(tagger), given, plain, input_names=names, output_names=["x", "cues"], dynamic_axes=axes, opset_version=17, dynamo=False)
        quantize_dynamic(plain, str(out / "words.onnx"), weight_type=QuantType.QInt8, reduce_range=True, per_channel=True, extra_options={"MatMulConstBOnly": True})
    names = ["words", "cue", "branch", "distance", "parting"]
    axes = {name: {0: "n"} for name in ["words", "branch", "distance", "parting", "roles"]}
    torch.onnx.export(Roles(tagger), (torch.zeros(n, d), torch.zeros(d), index, index, index), str(out / "roles.onnx"), input_names=names, output_names=["roles"], dynamic_axes=axes, opset_version=17, dynamo=False)
    tokenizer.save(str(out / "tokenizer.json"))
    for path in sorted(out.iterdir()):
        print(path.name, path.stat().st_size)


main()
