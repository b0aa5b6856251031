"""More reference cases, from PyTorch in double precision."""
import json, math, os, sys, torch, torch.nn.functional as F
torch.set_default_dtype(torch.float64)
out = sys.argv[1]
for d in ("networks", "losses", "optimisers"): os.makedirs(f"{out}/{d}", exist_ok=True)
g = torch.Generator().manual_seed(20)
def rnd(*s, scale=1.0): return (torch.randn(*s, generator=g) * scale * 1000).round() / 1000
def T(t): t = t.detach(); return {"shape": list(t.shape), "data": [float(v) for v in t.reshape(-1)]}

ACT = {"identity": lambda z: z, "relu": torch.relu, "leaky_relu": lambda z: F.leaky_relu(z, 0.1), "abs": torch.abs,
 "elu": F.elu, "selu": F.selu, "sigmoid": torch.sigmoid, "tanh": torch.tanh, "hard_tanh": F.hardtanh, "softplus": lambda z: torch.log1p(torch.exp(-z.abs())) + z.clamp(min=0),
 "gelu": F.gelu, "silu": F.silu, "hard_swish": F.hardswish, "sine": torch.sin, "step": lambda z: (z > 0).double() + 0 * z, "softmax": lambda z: torch.softmax(z, 1)}

def run(nodes, W, x, train, outs=None):
    """The nodes of a document in PyTorch."""
    v, stats = {"input": x}, {}
    prev = "input"
    for n in nodes:
        i = n.get("inputs", [prev]); a = v[i[0]]; t = n["type"]; w = lambda k: W[n.get("weights_of", n["id"]) + "." + k]
        if t == "dense": z = a.flatten(1) @ w("weight").T + (w("bias") if n.get("bias", True) else 0)
        elif t == "conv2d":
            p = n.get("padding", 0)
            z = F.conv2d(a, w("weight"), w("bias") if n.get("bias", True) else None, n.get("stride", 1), p, n.get("dilation", 1), n.get("groups", 1))
        elif t == "conv_transpose2d":
            z = F.conv_transpose2d(a, w("weight"), w("bias") if n.get("bias", True) else None, n.get("stride", 1), n.get("padding", 0), n.get("output_padding", 0))
        elif t == "maxout": z = (torch.einsum("pui,ni->npu", w("weight"), a.flatten(1)) + w("bias")).max(1)[0]
        elif t == "activation": z = a
        elif t == "max_pool": z = F.max_pool2d(a, n.get("kernel", 2), n.get("stride", n.get("kernel", 2)), n.get("padding", 0))
        elif t == "avg_pool": z = F.avg_pool2d(a, n.get("kernel", 2), n.get("stride", n.get("kernel", 2)), n.get("padding", 0))
        elif t == "global_max_pool": z = a.flatten(2).max(2)[0]
        elif t == "global_avg_pool": z = a.mean((2, 3))
        elif t == "global_sum_pool": z = a.sum((2, 3))
        elif t == "upsample":
            f = n.get("factor", 2); f = tuple(f) if isinstance(f, list) else (f, f)
            z = F.interpolate(a, scale_factor=f, mode=n.get("mode", "nearest"), **({"align_corners": False} if n.get("mode") == "bilinear" else {}))
        elif t == "batch_norm":
            rm, rv = w("running_mean").detach().clone(), w("running_var").detach().clone()
            z = F.batch_norm(a, rm, rv, w("weight"), w("bias"), train, n.get("momentum", 0.1), n.get("epsilon", 1e-5))
            stats[n["id"] + ".running_mean"], stats[n["id"] + ".running_var"] = rm, rv
        elif t == "layer_norm": z = F.layer_norm(a, a.shape[1:], w("weight"), w("bias"), n.get("epsilon", 1e-5))
        elif t == "flatten": z = a.flatten(1)
        elif t == "add": z = sum(v[k] for k in i)
        elif t == "concat": z = torch.cat([v[k] for k in i], 1)
        elif t == "multiply":
            z = v[i[0]]
            for k in i[1:]: z = z * v[k]
        elif t == "dot":
            z = v[i[0]]
            for k in i[1:]: z = z * v[k]
            z = z.flatten(1).sum(1, keepdim=True)
        elif t == "dropout": z = a
        f = n.get("function") if t == "activation" else n.get("activation", "identity")
        if isinstance(f, dict): name, opt = f["function"], f
        else: name, opt = f or "relu", n
        if t in ("activation", "dense", "conv2d", "conv_transpose2d"):
            if name == "prelu": z = F.prelu(z, W[n["id"] + ".slope"])
            elif name == "elu": z = F.elu(z, opt.get("alpha", 1.0))
            elif name == "leaky_relu": z = F.leaky_relu(z, opt.get("slope", 0.1))
            else: z = ACT[name](z)
        v[n["id"]] = z; prev = n["id"]
    return v, stats

def loss_of(L, y, t):
    red, k = L.get("reduction", "mean"), L["type"]
    per = None; elements = True; share = None
    if k == "mse": per = (y - t) ** 2
    elif k == "half_mse": per = (y - t) ** 2 / 2
    elif k == "l1": per = (y - t).abs()
    elif k == "huber": per = F.huber_loss(y, t, reduction="none", delta=L.get("delta", 1))
    elif k == "smooth_l1": per = F.smooth_l1_loss(y, t, reduction="none", beta=L.get("beta", 1))
    elif k in ("bce", "bce_logits"):
        tt = t.clamp(L.get("label_smoothing", 0), 1 - L.get("label_smoothing", 0))
        lp, lq = (F.logsigmoid(y), F.logsigmoid(-y)) if k == "bce_logits" else (y.log().clamp(min=-100), (1 - y).log().clamp(min=-100))
        a = L.get("alpha"); per = -(L.get("positive_weight", 1) * (1 if a is None else a) * tt * lp + (1 if a is None else 1 - a) * (1 - tt) * lq)
    elif k == "focal_logits":
        p = torch.sigmoid(y); a, gm = L.get("alpha", .25), L.get("gamma", 2)
        per = -a * t * (1 - p) ** gm * F.logsigmoid(y) - (1 - a) * (1 - t) * p ** gm * F.logsigmoid(-y)
    elif k == "hinge": per = (1 - t * y).clamp(min=0); per = per ** 2 if L.get("squared") else per
    elif k in ("cross_entropy", "cross_entropy_logits"):
        K = y.shape[1]; lp = F.log_softmax(y, 1) if k.endswith("logits") else y.log()
        cw = torch.tensor(L.get("class_weights", [1.0] * K)); shape = [1, K] + [1] * (y.dim() - 2); cw = cw.reshape(shape)
        e = L.get("label_smoothing", 0); tt = t * (1 - e) + e / K
        per = -(cw * tt * lp).sum(1); elements = False
        hard = bool(((t == 0) | (t == 1)).all())  # class numbers; PyTorch takes anything else as probabilities
        share = (cw * t).sum(1) if hard and L.get("class_weights") and L.get("normalise_weights", True) else None
    elif k == "kl_logits": per = F.kl_div(F.log_softmax(y, 1), t, reduction="none").sum(1)
    elif k == "emd": per = (y.cumsum(1) - t.cumsum(1))[:, :-1].abs().sum(1)
    elif k == "multiclass_hinge":
        per = F.multi_margin_loss(y, t.argmax(1), reduction="none")
    elif k == "cosine": per = -F.cosine_similarity(y.flatten(1), t.flatten(1))
    elif k == "dice": yy, tt = y.flatten(1), t.flatten(1); per = 1 - 2 * (yy * tt).sum(1) / (yy.sum(1) + tt.sum(1))
    elif k == "jaccard": yy, tt = y.flatten(1), t.flatten(1); i = (yy * tt).sum(1); per = 1 - i / (yy.sum(1) + tt.sum(1) - i)
    elif k == "gaussian_nll":
        if "sigma" in L: per = (y - t) ** 2 / (2 * L["sigma"] ** 2) + math.log(L["sigma"] * math.sqrt(2 * math.pi))
        else:
            m, lv = y.chunk(2, 1); per = (m - t) ** 2 / (2 * lv.exp()) + lv / 2 + math.log(2 * math.pi) / 2
    elif k == "linear": return (y * t).sum()
    if red == "sum": return per.sum()
    if red == "sum_outputs": return per.sum() / y.shape[0]
    return per.sum() / share.sum() if share is not None else per.mean()

def network(name, inp, nodes, W, n, loss={"type": "mse"}, mode="eval", target=None, extra={}, scale=1.0, x=None):
    W = {k: t.clone().requires_grad_(not k.split(".")[1].startswith("running")) for k, t in W.items()}
    x = (rnd(n, *inp, scale=scale) if x is None else x).requires_grad_()
    v, stats = run(nodes, W, x, mode == "train")
    y = v[nodes[-1]["id"]]
    t = rnd(*y.shape) if target is None else target
    training = {"loss": loss}
    L = loss_of(loss, y, t)
    P = [k for k in W if W[k].requires_grad]
    grads = torch.autograd.grad(L, [x] + [W[k] for k in P], allow_unused=True)
    gr = lambda a, b: torch.zeros_like(b) if a is None else a
    save("networks", name, mode, {"crease": 1, "title": name, "network": {"input": list(inp), "nodes": nodes, **extra}, "training": training, "weights": {k: T(t) for k, t in W.items()}},
         {"input": T(x), "target": T(t)}, {"loss": float(L), "output": T(y), "gradients": {k: T(gr(a, W[k])) for k, a in zip(P, grads[1:])}, "input_gradient": T(gr(grads[0], x)), "statistics": {k: T(s) for k, s in stats.items()}})

def save(folder, name, mode, doc, batch, expect):
    json.dump({"name": name, "note": "PyTorch " + torch.__version__ + ", double precision", "mode": mode, "document": doc, "batch": batch, "expect": expect}, open(f"{out}/{folder}/{name}.json", "w"))

def dense(W, id, i, o): W[id + ".weight"], W[id + ".bias"] = rnd(o, i, scale=.6), rnd(o, scale=.4)
for a in ACT:
    W = {}; dense(W, "h", 3, 4); dense(W, "o", 4, 2)
    network(f"act_{a}", [3], [{"id": "h", "type": "dense", "units": 4, "activation": a}, {"id": "o", "type": "dense", "units": 2}], W, 5, scale=2.0)
W = {"c.slope": torch.tensor([0.3])}; dense(W, "h", 3, 4); W["h.slope"] = torch.tensor([-0.4])
network("prelu_inside", [3], [{"id": "h", "type": "dense", "units": 4, "activation": "prelu"}, {"id": "c", "type": "activation", "function": "prelu"}], W, 18, {"type": "linear"})
W = {}; dense(W, "h", 3, 4)
network("elu_alpha_0.5", [3], [{"id": "h", "type": "dense", "units": 4, "activation": {"function": "elu", "alpha": .5}}, {"id": "a", "type": "activation", "function": "leaky_relu", "slope": .3}], W, 4, {"type": "linear"})
def conv(W, id, o, i, kh, kw, bias=True):
    W[id + ".weight"] = rnd(o, i, kh, kw, scale=.5)
    if bias: W[id + ".bias"] = rnd(o, scale=.3)
W = {}; conv(W, "c", 4, 1, 3, 2)
network("conv_groups_dilation_stride", [2, 7, 8], [{"id": "c", "type": "conv2d", "channels": 4, "kernel": [3, 2], "stride": [2, 1], "padding": [1, 2], "dilation": 2, "groups": 2, "activation": "tanh"}], W, 3, {"type": "linear"})
W = {}; conv(W, "c", 3, 2, 4, 3)
network("conv_same_even", [2, 5, 6], [{"id": "c", "type": "conv2d", "channels": 3, "kernel": [4, 3], "padding": "same"}], W, 2, {"type": "linear"})
W = {}; conv(W, "c", 2, 1, 1, 5); dense(W, "o", 2 * 1 * 8, 3)
network("conv_1d_signal", [1, 1, 20], [{"id": "c", "type": "conv2d", "channels": 2, "kernel": [1, 5], "stride": [1, 2], "activation": "relu"}, {"id": "o", "type": "dense", "units": 3}], W, 17)
W = {}; conv(W, "t", 2, 3, 4, 4)
W["t.bias"] = rnd(3)
network("conv_transpose_k4_s2_p1", [2, 3, 4], [{"id": "t", "type": "conv_transpose2d", "channels": 3, "kernel": 4, "stride": 2, "padding": 1, "activation": "silu"}], W, 3, {"type": "linear"})
W = {"t.weight": rnd(1, 2, 2, 3)}
network("conv_transpose_rect", [1, 3, 2], [{"id": "t", "type": "conv_transpose2d", "channels": 2, "kernel": [2, 3], "stride": [3, 2], "padding": [0, 1], "output_padding": [2, 1], "bias": False}], W, 2, {"type": "linear"})
for k in ("max", "avg", "sum"):
    W = {}; dense(W, "o", 3, 2)
    network(f"global_{k}", [3, 4, 3], [{"id": "p", "type": f"global_{k}_pool"}, {"id": "o", "type": "dense", "units": 2}], W, 5)
network("max_pool_pad", [2, 5, 6], [{"id": "p", "type": "max_pool", "kernel": [3, 2], "stride": [2, 1], "padding": [1, 1]}], {}, 3, {"type": "linear"})
network("avg_pool_rect", [2, 5, 6], [{"id": "p", "type": "avg_pool", "kernel": [3, 2], "stride": [1, 2], "padding": [1, 0]}], {}, 3, {"type": "linear"})
network("upsample_nearest3", [2, 2, 3], [{"id": "u", "type": "upsample", "factor": 3}], {}, 2, {"type": "linear"})
network("upsample_bilinear_rect", [1, 3, 2], [{"id": "u", "type": "upsample", "factor": [2, 3], "mode": "bilinear"}], {}, 2, {"type": "linear"})
def bn(W, id, c): W.update({id + ".weight": rnd(c), id + ".bias": rnd(c), id + ".running_mean": rnd(c, scale=.3), id + ".running_var": rnd(c).abs() + .5})
for mode in ("train", "eval"):
    W = {}; dense(W, "h", 3, 4); bn(W, "b", 4); dense(W, "o", 4, 1); bn(W, "q", 1)
    network(f"batch_norm_37_{mode}", [3], [{"id": "h", "type": "dense", "units": 4, "activation": "tanh"}, {"id": "b", "type": "batch_norm", "momentum": .3, "epsilon": 1e-3}, {"id": "o", "type": "dense", "units": 1}, {"id": "q", "type": "batch_norm"}], W, 37, {"type": "linear"}, mode)
    W = {}; conv(W, "c", 2, 1, 3, 3); bn(W, "b", 2)
    network(f"batch_norm_image_{mode}", [1, 4, 4], [{"id": "c", "type": "conv2d", "channels": 2, "padding": 1}, {"id": "b", "type": "batch_norm"}, {"id": "a", "type": "add", "inputs": ["b", "c"]}], W, 19, {"type": "mse"}, mode)
W = {"l.weight": rnd(2, 3, 2), "l.bias": rnd(2, 3, 2)}
network("layer_norm_image", [2, 3, 2], [{"id": "l", "type": "layer_norm", "epsilon": 1e-4}], W, 4, {"type": "linear"})
W = {"m.weight": rnd(3, 2, 4), "m.bias": rnd(3, 2)}
network("maxout_image", [1, 2, 2], [{"id": "m", "type": "maxout", "units": 2, "pieces": 3}], W, 18)
W = {}; dense(W, "h", 3, 3)
network("shared_weights", [3], [{"id": "h", "type": "dense", "units": 3, "activation": "tanh"}, {"id": "k", "type": "dense", "units": 3, "activation": "relu", "weights_of": "h"}, {"id": "m", "type": "multiply", "inputs": ["h", "k", "input"]}, {"id": "d", "type": "dot", "inputs": ["m", "h", "k"]}], W, 6)
W = {}; dense(W, "h", 2, 3)
network("gate_square", [2], [{"id": "h", "type": "dense", "units": 3, "frozen": True}, {"id": "m", "type": "multiply", "inputs": ["h", "h"]}, {"id": "c", "type": "concat", "inputs": ["m", "h", "input"]}, {"id": "x", "type": "dropout", "rate": .4}], W, 6)

ident = lambda: [{"id": "y", "type": "activation", "function": "identity"}]
def loss(name, L, x, t): 
    if name == "mse_mean": name = "more_mse_mean"  # the plain name is another case's
    x = x.clone().requires_grad_(); l = loss_of(L, x, t); gx, = torch.autograd.grad(l, x)
    save("losses", name, "eval", {"crease": 1, "title": name, "network": {"input": list(x.shape[1:]), "nodes": ident()}, "training": {"loss": L}}, {"input": T(x), "target": T(t)}, {"loss": float(l), "input_gradient": T(gx)})
prob = lambda *s: (torch.rand(*s, generator=g) * .9 + .05)
hot = lambda n, k: F.one_hot(torch.randint(0, k, (n,), generator=g), k).double()
bits = lambda *s: (torch.rand(*s, generator=g) > .5).double()
for red in ("mean", "sum", "sum_outputs"):
    for k in ("mse", "half_mse", "l1", "huber", "smooth_l1"): loss(f"{k}_{red}", {"type": k, "reduction": red}, rnd(4, 3, scale=2), rnd(4, 3))
    loss(f"bce_{red}", {"type": "bce", "reduction": red}, prob(5, 2), prob(5, 2))
    loss(f"ce_{red}", {"type": "cross_entropy_logits", "reduction": red}, rnd(4, 3), hot(4, 3))
    loss(f"ce_pixels_{red}", {"type": "cross_entropy_logits", "reduction": red}, rnd(2, 3, 2, 2), hot(8, 3).reshape(2, 2, 2, 3).permute(0, 3, 1, 2))
    loss(f"dice_pixels_{red}", {"type": "dice", "reduction": red}, prob(3, 1, 3, 2), bits(3, 1, 3, 2))
loss("huber_2.5", {"type": "huber", "delta": 2.5}, rnd(5, 2, scale=4), rnd(5, 2)); loss("smooth_l1_0.5", {"type": "smooth_l1", "beta": .5}, rnd(5, 2), rnd(5, 2))
loss("bce_logits_weighted", {"type": "bce_logits", "positive_weight": 3.5}, rnd(6, 2, scale=5), bits(6, 2)); loss("bce_logits_alpha", {"type": "bce_logits", "alpha": .8}, rnd(6, 1), bits(6, 1))
loss("bce_logits_smooth", {"type": "bce_logits", "label_smoothing": .1}, rnd(6, 1), bits(6, 1)); loss("bce_alpha_smooth", {"type": "bce", "alpha": .3, "label_smoothing": .05, "positive_weight": 2}, prob(6, 1), bits(6, 1))
loss("ce_probabilities", {"type": "cross_entropy"}, torch.softmax(rnd(5, 4), 1), torch.softmax(rnd(5, 4), 1)); loss("ce_weights_by_number", {"type": "cross_entropy_logits", "class_weights": [.5, 2, 1], "normalise_weights": False}, rnd(5, 3), hot(5, 3))
loss("ce_weights_smooth", {"type": "cross_entropy_logits", "class_weights": [.5, 2, 1], "label_smoothing": .2}, rnd(5, 3), hot(5, 3)); loss("ce_soft", {"type": "cross_entropy_logits"}, rnd(5, 3), torch.softmax(rnd(5, 3), 1))
loss("hinge_squared", {"type": "hinge", "squared": True}, rnd(6, 2), bits(6, 2) * 2 - 1); loss("multiclass_hinge", {"type": "multiclass_hinge"}, rnd(6, 4), hot(6, 4))
loss("focal_0.6_1.5", {"type": "focal_logits", "alpha": .6, "gamma": 1.5}, rnd(6, 2, scale=3), bits(6, 2)); loss("focal_gamma_0", {"type": "focal_logits", "gamma": 0}, rnd(6, 1), bits(6, 1))
loss("jaccard", {"type": "jaccard"}, prob(3, 5), bits(3, 5)); loss("cosine", {"type": "cosine"}, rnd(4, 3), rnd(4, 3)); loss("kl_logits", {"type": "kl_logits"}, rnd(4, 3), torch.softmax(rnd(4, 3), 1)); loss("kl_one_hot", {"type": "kl_logits"}, rnd(4, 3), hot(4, 3))
loss("emd", {"type": "emd"}, torch.softmax(rnd(4, 5), 1), torch.softmax(rnd(4, 5), 1)); loss("gaussian_sigma", {"type": "gaussian_nll", "sigma": .7}, rnd(4, 3), rnd(4, 3)); loss("gaussian_two", {"type": "gaussian_nll", "reduction": "sum"}, rnd(4, 4), rnd(4, 2))
for k, t in (("bce_logits", bits(4, 1)), ("focal_logits", bits(4, 1))): loss(f"{k}_800", {"type": k}, torch.tensor([[800.], [-800.], [800.], [-800.]]), torch.tensor([[0.], [0.], [1.], [1.]]))
for k in ("cross_entropy_logits", "kl_logits"): loss(f"{k}_800", {"type": k}, torch.tensor([[800., -800, 0], [-800, 800, 1]]), torch.tensor([[0., 1, 0], [0, 1, 0]]))

# Several outputs with a loss each.
W = {}; dense(W, "h", 3, 4); dense(W, "a", 4, 2); dense(W, "b", 4, 3)
nodes = [{"id": "h", "type": "dense", "units": 4, "activation": "tanh"}, {"id": "a", "type": "dense", "units": 2}, {"id": "b", "type": "dense", "units": 3, "inputs": ["h"]}]
Wg = {k: t.clone().requires_grad_() for k, t in W.items()}; x = rnd(19, 3).requires_grad_(); v, _ = run(nodes, Wg, x, False); ta, tb = rnd(19, 2), hot(19, 3)
L = .3 * loss_of({"type": "huber"}, v["a"], ta) + 2 * loss_of({"type": "cross_entropy_logits"}, v["b"], tb); gs = torch.autograd.grad(L, [x] + list(Wg.values()))
save("networks", "two_outputs", "train", {"crease": 1, "title": "two_outputs", "network": {"input": [3], "nodes": nodes, "outputs": ["a", "b"]}, "training": {"losses": {"a": {"type": "huber", "weight": .3}, "b": {"type": "cross_entropy_logits", "weight": 2}}}, "weights": {k: T(t) for k, t in W.items()}},
  {"input": T(x), "target": T(torch.cat([ta, tb], 1))}, {"loss": float(L), "output": T(torch.cat([v["a"], v["b"]], 1)), "gradients": {k: T(a) for k, a in zip(Wg, gs[1:])}, "input_gradient": T(gs[0])})

# Optimisers: full batches.
def optimiser(name, O, make, steps=6, schedule=None, before=None):
    torch.manual_seed(3); W = {}; dense(W, "h", 2, 3); dense(W, "o", 3, 1); P = {k: t.clone().requires_grad_() for k, t in W.items()}
    x, t = rnd(9, 2), bits(9, 1); nodes = [{"id": "h", "type": "dense", "units": 3, "activation": "tanh"}, {"id": "o", "type": "dense", "units": 1}]
    opt = make(list(P.values())); sch = schedule(opt) if schedule else None; expect = []
    for _ in range(steps):
        opt.zero_grad(); loss_of({"type": "bce_logits"}, run(nodes, P, x, True)[0]["o"], t).backward()
        if before: before(list(P.values()))
        opt.step(); sch and sch.step(); expect.append({k: T(p) for k, p in P.items()})
    json.dump({"name": name, "note": "PyTorch " + torch.__version__ + ", double precision", "document": {"crease": 1, "title": name, "data": {"source": "points", "inputs": T(x), "targets": T(t), "test_fraction": 0}, "network": {"input": [2], "nodes": nodes},
      "training": {"loss": {"type": "bce_logits"}, "optimiser": O, "batch": "full", "sampling": "full", "seed": 1}, "weights": {k: T(p) for k, p in W.items()}}, "expect": expect}, open(f"{out}/optimisers/{name}.json", "w"))
o = torch.optim; S = o.lr_scheduler
def l1(a):
    def f(ps):
        for p in ps: p.grad += a * p.detach().sign()
    return f
optimiser("more_adagrad", {"type": "adagrad", "rate": .1}, lambda p: o.Adagrad(p, .1)); optimiser("more_adamw", {"type": "adamw", "rate": .05, "weight_decay": .1}, lambda p: o.AdamW(p, .05, weight_decay=.1))
optimiser("more_adam_decay", {"type": "adam", "rate": .05, "beta1": .8, "beta2": .95, "epsilon": 1e-6, "weight_decay": .1}, lambda p: o.Adam(p, .05, (.8, .95), 1e-6, .1)); optimiser("more_rmsprop", {"type": "rmsprop", "rate": .02, "decay": .9, "epsilon": 1e-3, "weight_decay": .01}, lambda p: o.RMSprop(p, .02, .9, 1e-3, .01))
optimiser("more_nesterov_decay", {"type": "sgd", "rate": .2, "momentum": .8, "nesterov": True, "weight_decay": .05}, lambda p: o.SGD(p, .2, .8, 0, .05, True)); optimiser("more_clip", {"type": "sgd", "rate": .5, "momentum": .5, "clip_norm": .05}, lambda p: o.SGD(p, .5, .5), before=lambda ps: torch.nn.utils.clip_grad_norm_(ps, .05))
optimiser("more_l1", {"type": "adam", "rate": .03, "l1": .02}, lambda p: o.Adam(p, .03), before=l1(.02)); optimiser("more_clip_l1_decay", {"type": "adagrad", "rate": .1, "clip_norm": .1, "l1": .01, "weight_decay": .02}, lambda p: o.Adagrad(p, .1, weight_decay=.02), before=lambda ps: (torch.nn.utils.clip_grad_norm_(ps, .1), l1(.01)(ps)))
optimiser("more_step", {"type": "sgd", "rate": .3, "momentum": .9, "schedule": {"type": "step", "every": 2, "factor": .3}}, lambda p: o.SGD(p, .3, .9), schedule=lambda q: S.StepLR(q, 2, .3))
optimiser("more_cosine", {"type": "adam", "rate": .3, "schedule": {"type": "cosine", "steps": 5, "floor": .01}}, lambda p: o.Adam(p, .3), steps=5, schedule=lambda q: S.CosineAnnealingLR(q, 5, .01))
optimiser("more_warmup", {"type": "adamw", "rate": .1, "weight_decay": .2, "schedule": {"type": "warmup", "steps": 4}}, lambda p: o.AdamW(p, .1, weight_decay=.2), schedule=lambda q: S.LambdaLR(q, lambda k: min(1, (k + 1) / 4)))
optimiser("more_inverse", {"type": "sgd", "rate": .4, "schedule": {"type": "inverse_time", "decay": .5}}, lambda p: o.SGD(p, .4), schedule=lambda q: S.LambdaLR(q, lambda k: 1 / (1 + .5 * k)))
# Class weights with probabilities as targets: PyTorch divides by the number of samples.
y, t, cw = rnd(5, 3), torch.softmax(rnd(5, 3), 1), [.5, 2, 1]
loss("ce_weights_soft", {"type": "cross_entropy_logits", "class_weights": cw}, y, t)
assert abs(F.cross_entropy(y, t, torch.tensor(cw)) - loss_of({"type": "cross_entropy_logits", "class_weights": cw}, y, t)) < 1e-12
