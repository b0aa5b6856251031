"""Reads exported models as another program does: for each NAME.onnx in a folder, checks it with onnx's checker and its
strict shape inference, and evaluates it on the batch in NAME.json; prints {NAME: outputs} as JSON. Evaluates with
onnxruntime or onnx.reference where they are installed, else with the operators below, written with PyTorch from the
operators' specification."""
import json, pathlib, sys
import onnx, onnx.numpy_helper, onnx.shape_inference
import numpy as np

def with_onnxruntime(model, x):
    import onnxruntime
    return onnxruntime.InferenceSession(model.SerializeToString()).run(None, {"input": x})

def with_reference(model, x):
    from onnx.reference import ReferenceEvaluator
    return ReferenceEvaluator(model).run(None, {"input": x})

def with_torch(model, x):
    import torch, torch.nn.functional as F
    values = {"": None, "input": torch.from_numpy(x)}
    for tensor in model.graph.initializer: values[tensor.name] = torch.from_numpy(onnx.numpy_helper.to_array(tensor).copy())
    for node in model.graph.node:
        a = {k.name: onnx.helper.get_attribute_value(k) for k in node.attribute}
        i = [values[name] for name in node.input]
        bias = i[2] if len(i) > 2 else None
        def padded(value):
            top, left, bottom, right = a["pads"]
            return F.pad(i[0], (left, right, top, bottom), value=value)
        def resize():
            mode = a["mode"].decode()
            assert (mode, a["coordinate_transformation_mode"]) in (("nearest", b"asymmetric"), ("linear", b"half_pixel"))
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
            "ConvTranspose": lambda: F.conv_transpose2d(i[0], i[1], bias, a["strides"], a["pads"][:2], a["output_padding"]),
            "MaxPool": lambda: F.max_pool2d(padded(float("-inf")), a["kernel_shape"], a["strides"]),
            "AveragePool": lambda: F.avg_pool2d(padded(0.), a["kernel_shape"], a["strides"]),
            "GlobalMaxPool": lambda: i[0].amax((2, 3), keepdim=True), "GlobalAveragePool": lambda: i[0].mean((2, 3), keepdim=True),
            "ReduceSum": lambda: i[0].sum(i[1].tolist(), keepdim=bool(a["keepdims"])), "ReduceMax": lambda: i[0].amax(a["axes"], keepdim=bool(a["keepdims"])),
            "Resize": resize, "BatchNormalization": lambda: F.batch_norm(i[0], i[3], i[4], i[1], i[2], False, 0., a["epsilon"]),
            "LayerNormalization": lambda: F.layer_norm(i[0], i[0].shape[a["axis"]:], i[1], i[2], a["epsilon"]),
        }
        values[node.output[0]] = operators[node.op_type]()
    return [values[output.name].numpy() for output in model.graph.output]

def evaluate(model, x):
    for reader in (with_onnxruntime, with_reference):
        try: return reader(model, x)
        except ImportError: pass
    return with_torch(model, x)

answers = {}
for file in sorted(pathlib.Path(sys.argv[1]).glob("*.onnx")):
    model = onnx.load(str(file))
    onnx.checker.check_model(model)
    inferred = onnx.shape_inference.infer_shapes(model, check_type=True, strict_mode=True, data_prop=True)
    tensor = json.loads(file.with_suffix(".json").read_text())
    x = np.array(tensor["data"], np.float32).reshape(tensor["shape"])
    outputs = evaluate(model, x)
    for output, declared in zip(outputs, inferred.graph.output):
        sizes = [d.dim_value for d in declared.type.tensor_type.shape.dim][1:]
        assert list(output.shape[1:]) == sizes, (file, output.shape, sizes)
    answers[file.stem] = np.concatenate([y.reshape(len(x), -1) for y in outputs], 1).astype(float).reshape(-1).tolist()
print(json.dumps(answers))
