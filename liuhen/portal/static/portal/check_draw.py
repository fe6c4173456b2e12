"""复算一次双随机抽取：python3 check_draw.py 公示页保存的 JSON 文件。只用 Python 自带的库。"""

import hashlib
import hmac
import json
import sys
from pathlib import Path

if len(sys.argv) != 2:
    sys.exit("用法：python3 check_draw.py 文件（抽查公示页的原始数据）")
extra = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))["extra"]
if "seed" not in extra:
    sys.exit("还没有抽取：抽取以后才公布种子")
pools = {"inspectors": json.loads(extra["inspectors"]), "targets": json.loads(extra["targets"])}
seed = bytes.fromhex(extra["seed"])

text = json.dumps(pools, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
if hashlib.sha256(seed + text.encode()).hexdigest() != extra["commitment"]:
    sys.exit("承诺不符：种子或者名录与抽取以前公布的不一致")

for pool, count in (("targets", "target_count"), ("inspectors", "inspector_count")):
    ranks = {x: hmac.digest(seed, f"{pool}\n{extra['called']}\n{x}".encode(), "sha256") for x in pools[pool]}
    ranking = sorted(ranks, key=ranks.__getitem__)
    drawn, following = ranking[: int(extra[count])], ranking[int(extra[count]) :]
    if drawn != json.loads(extra[f"drawn_{pool}"]):
        sys.exit(f"抽取结果不符：应为{drawn}")
    for replaced, replacement in json.loads(extra["replaced"]):
        if replaced in pools[pool] and replacement != following.pop(0):
            sys.exit(f"补抽不符：{replaced}")
print("相符")
