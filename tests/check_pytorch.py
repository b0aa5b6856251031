"""Runs exported scripts with PyTorch: for each NAME.py in a folder, what tests/test_export_networks.cpp asks in
NAME.json ({"batch": .., "training": ..} or {"epochs": ..}); prints what they answer as one JSON object."""
import contextlib, io, json, pathlib, runpy, sys

answers = {}
for script in sorted(pathlib.Path(sys.argv[1]).glob("*.py")):
    asked = json.loads(script.with_suffix(".json").read_text())
    with contextlib.redirect_stdout(io.StringIO()):
        module = runpy.run_path(str(script))
        if "batch" in asked:
            answer = module["gradient"](asked["batch"], asked["training"])
        else:
            answer = {"before": module["scores"]()}
            module["train"](asked["epochs"])
            answer["after"] = module["scores"]()
            answer["weights"] = {n: p.detach().flatten().tolist() for n, p in module["model"].p.items()}
    answers[script.stem] = answer
print(json.dumps(answers))
