"""Reads exported models as another program does: for each NAME.onnx in a folder, checks it with onnx's checker and its
strict shape inference, and evaluates it on the batch in NAME.json; prints {NAME: outputs} as JSON. Evaluates with
onnxruntime or onnx.reference where they are installed, else with the operators below, written with PyTorch from the
operators' specification; these must first give what ONNX's own test vectors expect."""
import builtins, json, pathlib, sys
import onnx, onnx.numpy_helper, onnx.shape_inference
import numpy as np

def with_onnxruntime(model, x):
    import onnxruntime
    return onnxruntime.InferenceSession(model.SerializeToString()).run(None, {"input": x})

def with_reference(model, x):
    from onnx.reference import ReferenceEvaluator
    return ReferenceEvaluator(model).run(None, {"input": x})

# Operators, and the attributes that ours may carry; what is left out has the specification's default.
attributes = {
    "Identity": "", "Dropout": "", "Relu": "", "Abs": "", "LeakyRelu": "alpha", "PRelu": "", "Elu": "alpha", "Selu": "", "Sigmoid": "", "Tanh": "",
    "Clip": "", "Softplus": "", "Erf": "", "HardSwish": "", "Sin": "", "Greater": "", "Cast": "to", "Softmax": "axis", "Mul": "", "Add": "", "Sum": "",
    "Concat": "axis", "Flatten": "", "Reshape": "", "Gemm": "transB", "Conv": "kernel_shape strides pads dilations group",
    "ConvTranspose": "kernel_shape strides pads output_padding dilations group", "MaxPool": "kernel_shape strides pads",
    "AveragePool": "kernel_shape strides pads count_include_pad", "GlobalMaxPool": "", "GlobalAveragePool": "", "ReduceSum": "keepdims",
    "ReduceMax": "axes keepdims", "Resize": "mode coordinate_transformation_mode nearest_mode", "BatchNormalization": "epsilon",
    "LayerNormalization": "axis epsilon",
}
defaults = {"strides": [1, 1], "pads": [0, 0, 0, 0], "dilations": [1, 1], "output_padding": [0, 0], "group": 1, "epsilon": 1e-5, "alpha": 0.01, "keepdims": 1}

def with_torch(model, x):
    import torch, torch.nn.functional as F
    values = {"": None, "input": torch.from_numpy(x)}
    for tensor in model.graph.initializer: values[tensor.name] = torch.from_numpy(onnx.numpy_helper.to_array(tensor).copy())
    for node in model.graph.node:
        a = {k.name: onnx.helper.get_attribute_value(k) for k in node.attribute}
        assert set(a) <= set(attributes[node.op_type].split()), (node.op_type, a)
        a = {**defaults, "axis": -1, **a} if node.op_type != "Elu" else {"alpha": 1., **a}
        i = [values[name] for name in node.input]
        bias = i[2] if len(i) > 2 else None
        def padded(value):
            top, left, bottom, right = a["pads"]
            return F.pad(i[0], (left, right, top, bottom), value=value)
        def resize():
            mode = a.get("mode", b"nearest").decode()
            assert (mode, a.get("coordinate_transformation_mode", b"half_pixel")) in (("nearest", b"asymmetric"), ("linear", b"half_pixel"))
            options = {} if mode == "nearest" else {"align_corners": False}
            return F.interpolate(i[0], scale_factor=i[2].tolist()[2:], mode="nearest" if mode == "nearest" else "bilinear", **options)
        operators = {
            "Identity": lambda: i[0], "Dropout": lambda: i[0], "Relu": lambda: i[0].clamp(min=0), "Abs": lambda: i[0].abs(),
            "LeakyRelu": lambda: torch.where(i[0] < 0, a["alpha"] * i[0], i[0]), "PRelu": lambda: torch.where(i[0] < 0, i[1] * i[0], i[0]),
            "Elu": lambda: torch.where(i[0] < 0, a["alpha"] * (i[0].exp() - 1), i[0]), "Selu": lambda: F.selu(i[0]),
            "Sigmoid": lambda: torch.sigmoid(i[0]), "Tanh": lambda: torch.tanh(i[0]), "Clip": lambda: i[0].clamp(float(i[1]), float(i[2])),
            "Softplus": lambda: F.softplus(i[0]), "Erf": lambda: torch.erf(i[0]), "HardSwish": lambda: i[0] * (i[0] / 6 + 0.5).clamp(0, 1),
            "Sin": lambda: i[0].sin(), "Greater": lambda: i[0] > i[1], "Cast": lambda: i[0].float(), "Softmax": lambda: torch.softmax(i[0], a["axis"]),
            "Mul": lambda: i[0] * i[1], "Add": lambda: i[0] + i[1], "Sum": lambda: sum(i), "Concat": lambda: torch.cat(i, a["axis"]),
            "Flatten": lambda: i[0].flatten(1), "Reshape": lambda: i[0].reshape(i[1].tolist()),
            "Gemm": lambda: i[0] @ (i[1].T if a.get("transB") else i[1]) + (0 if bias is None else bias),
            "Conv": lambda: F.conv2d(padded(0.), i[1], bias, a["strides"], 0, a["dilations"], a["group"]),
            "ConvTranspose": lambda: F.conv_transpose2d(i[0], i[1], bias, a["strides"], a["pads"][:2], a["output_padding"], a["group"], a["dilations"]),
            "MaxPool": lambda: F.max_pool2d(padded(float("-inf")), a["kernel_shape"], a["strides"]),
            "AveragePool": lambda: F.avg_pool2d(padded(0.), a["kernel_shape"], a["strides"]),
            "GlobalMaxPool": lambda: i[0].amax((2, 3), keepdim=True), "GlobalAveragePool": lambda: i[0].mean((2, 3), keepdim=True),
            "ReduceSum": lambda: i[0].sum(i[1].tolist(), keepdim=bool(a["keepdims"])), "ReduceMax": lambda: i[0].amax(a["axes"], keepdim=bool(a["keepdims"])),
            "Resize": resize, "BatchNormalization": lambda: F.batch_norm(i[0], i[3], i[4], i[1], i[2], False, 0., a["epsilon"]),
            "LayerNormalization": lambda: F.layer_norm(i[0], i[0].shape[a["axis"]:], i[1], i[2], a["epsilon"]),
        }
        values[node.output[0]] = operators[node.op_type]()
    return [values[output.name].numpy() for output in model.graph.output if output.name in values]

used = set()  # the operators that with_torch was asked for

def evaluate(model, x):
    for reader in (with_onnxruntime, with_reference):
        try: return reader(model, x)
        except ImportError: pass
    used.update(node.op_type for node in model.graph.node)
    return with_torch(model, x)

def is_ours(node, given, inputs):
    """Whether a test vector has the form in which our models use its operator."""
    op, x = node.op_type, np.asarray(inputs[0])
    windowed = op in ("Conv", "ConvTranspose", "MaxPool", "AveragePool")
    pads = given.get("pads", [0, 0, 0, 0])
    mode = given.get("mode", b"nearest"), given.get("coordinate_transformation_mode", b"half_pixel")
    return (set(given) <= set(attributes[op].split())
            and x.dtype == (np.float64 if op == "Cast" else np.float32)
            and (len(node.output) == 1 or op == "LayerNormalization")
            and (not windowed or x.ndim == 4)
            and (op != "ConvTranspose" or pads[:2] == pads[2:])
            and (op != "AveragePool" or not any(pads) or given.get("count_include_pad"))
            and (op != "Resize" or len(node.input) == 3 and x.ndim == 4 and mode in ((b"nearest", b"asymmetric"), (b"linear", b"half_pixel")))
            and (op != "Cast" or given["to"] == onnx.TensorProto.FLOAT)
            and (op != "Dropout" or len(node.input) == 1)
            and (op != "Reshape" or not (inputs[1] == 0).any())
            and (op != "ReduceMax" or "axes" in given)
            and (op != "ReduceSum" or len(node.input) == 2)
            and (op != "Clip" or len(node.input) == 3 and "" not in node.input))

def prove_operators(used):
    """Runs ONNX's test vectors of single operators through with_torch: all that are used must have one."""
    for name in ("float", "bool", "int", "object"):  # onnx 1.12 asks NumPy for names that are gone
        if name not in np.__dict__: setattr(np, name, getattr(builtins, name))
    from onnx.backend.test.case.node import collect_testcases
    proved = set()
    for case in collect_testcases(None):
        nodes = case.model.graph.node
        if len(nodes) != 1 or nodes[0].op_type not in attributes: continue
        given = {k.name: onnx.helper.get_attribute_value(k) for k in nodes[0].attribute}
        for inputs, outputs in case.data_sets:
            if not is_ours(nodes[0], given, inputs): continue
            model = onnx.ModelProto()
            model.CopyFrom(case.model)
            for value, tensor in zip(model.graph.input, inputs):
                model.graph.initializer.append(onnx.numpy_helper.from_array(np.asarray(tensor), value.name))
            found, expected = with_torch(model, np.zeros(1, np.float32))[0], np.asarray(outputs[0])
            assert found.shape == expected.shape and np.allclose(found, expected, 1e-4, 1e-5), (case.name, found, expected)
            proved.add(nodes[0].op_type)
    assert used <= proved, f"no test vector for {used - proved}"

answers = {}
for file in sorted(pathlib.Path(sys.argv[1]).glob("*.onnx")):
    model = onnx.load(str(file))
    onnx.checker.check_model(model)
    inferred = onnx.shape_inference.infer_shapes(model, check_type=True, strict_mode=True, data_prop=True)
    tensor = json.loads(file.with_suffix(".json").read_text())
    x = np.array(tensor["data"], np.float32).reshape(tensor["shape"])
    outputs = evaluate(model, x)
    assert len(outputs) == len(model.graph.output)
    for output, declared in zip(outputs, inferred.graph.output):
        sizes = [d.dim_value for d in declared.type.tensor_type.shape.dim][1:]
        assert list(output.shape[1:]) == sizes, (file, output.shape, sizes)
    answers[file.stem] = np.concatenate([y.reshape(len(x), -1) for y in outputs], 1).astype(float).reshape(-1).tolist()
if used: prove_operators(used)
print(json.dumps(answers))
