"""Makes the files of this folder that README.md says it makes, with PyTorch 2.13 on a CPU."""
import torch

base = torch.arange(4, dtype=torch.float32)
state = {
    "double": torch.tensor([1.5, -2], dtype=torch.float64),
    "long": torch.tensor([7, -7], dtype=torch.int64),
    "int": torch.tensor([3, -3], dtype=torch.int32),
    "short": torch.tensor([2, -2], dtype=torch.int16),
    "char": torch.tensor([1, -1], dtype=torch.int8),
    "byte": torch.tensor([255, 0], dtype=torch.uint8),
    "bool": torch.tensor([True, False]),
    "tied": base,
    "tied_tail": base[2:],
}
optimizer = {"state": {0: {"momentum_buffer": torch.ones(3)}}, "param_groups": [{"lr": 0.1}]}
torch.save({"epoch": 3, "state_dict": state, "optimizer": optimizer}, "legacy_types.pth",
           _use_new_zipfile_serialization=False)
torch.save({"params": {"conv.weight": torch.tensor([0.0, 1.0])},
            "params_ema": {"conv.weight": torch.tensor([0.25, 0.5])}}, "params_ema.pth")
