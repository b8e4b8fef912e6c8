"""The graph that every engine of the parity suite holds, small enough to be read.

What is said of a row is what differs: `cited` fills in the evidence. Ids are what the expected rows name.
"""

from __future__ import annotations

from kizuna.graph import SupplyGraph
from tests.graphs import Row, Rows, build_graph

__all__ = ["make_toy"]

_CITED = {"dataset": "toy", "source_kind": "cited", "confidence": "high", "as_of": "2026-01-01"}

# id, layer, nature; security lies in no layer.
_SEGMENTS = """
sensor    terminal  hardware
chip      terminal  hardware
server    cloud     hardware
vision    ai        software
security  -         software
"""

# id, segment, nature, stage, names in English / Chinese / Japanese
_COMPONENTS = """
camera        sensor  hardware  loop   Camera/相機/カメラ
lens          sensor  hardware  input  Lens/鏡頭/レンズ
image-sensor  sensor  hardware  input  Image sensor/影像感測器/イメージセンサー
foundry       chip    hardware  input  Foundry/晶圓代工/ファウンドリ
cpu           chip    hardware  input  CPU/中央處理器/-
gpu           chip    hardware  input  GPU/圖形處理器/-
rack          server  hardware  loop   Rack server/機架式伺服器/ラックサーバー
vision-kit    vision  software  loop   Vision kit/視覺套件/画像認識キット
"""

# id, country, city, names in English / Chinese / Japanese, aliases
_VENDORS = """
tsmc      TW  Hsinchu   TSMC/台積電/-              台灣積體電路製造;TSMC Ltd.
largan    TW  Taichung  Largan/大立光/-            -
foxconn   TW  -         Foxconn/鴻海精密/-         富士康;Hon Hai;ホンハイ
mediatek  TW  Hsinchu   MediaTek/聯發科/-          -
acer      TW  -         Acer/宏碁/エイサー         -
sony      JP  Tokyo     Sony/索尼/ソニー           ソニーグループ
keyence   JP  Osaka     Keyence/基恩斯/キーエンス  -
hoya      JP  Tokyo     HOYA/-/ＨＯＹＡ            -
renesas   JP  Tokyo     Renesas/瑞薩/ルネサス      -
sharp     JP  Sakai     Sharp/夏普/シャープ        早川電機
intel     US  -         Intel/英特爾/インテル      -
nvidia    US  -         NVIDIA/輝達/-              英偉達
"""

# vendor, component, and what else is known
_OFFERS = """
tsmc     foundry       status=volume share=0.6 role=leader
intel    foundry       status=limited
largan   lens          status=volume share=0.3 role=leader
hoya     lens          status=volume
sony     image-sensor  status=volume share=0.5 role=leader
sony     camera        status=volume
keyence  camera        status=volume share=0.25
foxconn  camera        status=pilot
intel    cpu           status=volume share=0.75 role=leader
renesas  cpu
nvidia   gpu           status=volume share=0.75 role=leader
foxconn  rack          status=volume share=0.5
acer     rack          status=volume share=0.125
sony     vision-kit    status=announced
sharp    lens          status=ended until=2020-01-01
acer     rack          status=volume share=0.25 as_of=2024-01-01
"""

# what needs, what is needed, and the name of the choice that it is one of
_REQUIRES = """
camera        lens          -
camera        image-sensor  -
image-sensor  foundry       -
cpu           foundry       -
gpu           foundry       -
rack          cpu           processor
rack          gpu           processor
vision-kit    rack          -
"""

# type, from, to, and what else is known
_RELATIONS = """
supplies            largan   foxconn   component=lens
supplies            hoya     sony      component=lens
supplies            tsmc     sony      component=foundry since=2019-04
supplies            tsmc     nvidia    component=foundry since=2010
supplies            tsmc     mediatek  component=foundry
supplies            nvidia   foxconn   component=gpu
supplies            nvidia   acer      component=gpu
supplies            sony     foxconn   component=image-sensor
supplies            foxconn  sony      component=rack
supplies            intel    acer      component=cpu until=2023-06
owns                foxconn  sharp     share=0.6 control=yes
invests_in          sony     tsmc      share=0.05
joint_venture_with  tsmc     sony      share=0.2
partners_with       mediatek  nvidia
"""


def make_toy() -> SupplyGraph:
    """Return the graph."""
    return build_graph(_make_rows(), as_of="2026-11-22")


def _make_rows() -> Rows:
    rows: Rows = {
        "layers": [
            {"id": name, "order": str(order), **_names(names)}
            for order, (name, names) in enumerate(
                [
                    ("terminal", "Terminal/終端/端末"),
                    ("cloud", "Cloud/雲端/クラウド"),
                    ("ai", "AI/人工智慧/人工知能"),
                    ("solution", "Solution/解決方案/ソリューション"),
                ],
                1,
            )
        ],
        "segments": [_row(line, "id layer nature") for line in _lines(_SEGMENTS)],
        "components": [_row(line, "id segment nature stage names") for line in _lines(_COMPONENTS)],
        "countries": [
            {"id": "TW", **_names("Taiwan/台灣/台湾")},
            {"id": "JP", **_names("Japan/日本/日本")},
            {"id": "US", **_names("United States/美國/アメリカ")},
        ],
        "vendors": [_CITED | _row(line, "id country city names aliases") for line in _lines(_VENDORS)],
        "problems": [
            {"id": "ageing", **_names("Ageing/高齡化/高齢化"), **_CITED},
            {"id": "labour", **_names("Labour shortage/缺工/人手不足"), **_CITED},
        ],
        "solutions": [
            {"id": "care", **_names("Care/照護/見守り"), **_CITED},
            {"id": "checkout", **_names("Self-checkout/自助結帳/無人レジ"), **_CITED},
        ],
        "claims": [
            {"id": "growth", "figure": "12.5", "unit": "%", "year": "2017", "text_zh": "成長", **_CITED}
        ],
        "layer_feeds": [
            {"layer": "terminal", "feeds": "cloud"},
            {"layer": "cloud", "feeds": "ai"},
            {"layer": "ai", "feeds": "solution"},
            {"layer": "solution", "feeds": "terminal"},
        ],
        "segment_secures": [{"segment": "security", "layer": "terminal"}],
        "offers": [_CITED | _row(line, "vendor component") for line in _lines(_OFFERS)],
        "component_requires": [
            {"kind": "input"} | _CITED | _row(line, "component requires alternatives")
            for line in _lines(_REQUIRES)
        ],
        "solution_requires": [
            {"solution": solution, "requires": part, "kind": "input", **_CITED}
            for solution, part in (("care", "camera"), ("checkout", "camera"), ("checkout", "vision-kit"))
        ],
        "addresses": [
            {"solution": "care", "problem": "ageing", **_CITED},
            {"solution": "checkout", "problem": "labour", **_CITED},
        ],
        "about": [{"claim": "growth", "about_label": "Vendor", "about": "tsmc"}],
        "completeness": [
            {"component": "foundry", "country": "TW", "level": "complete", **_CITED},
            {"component": "foundry", "country": "JP", "level": "complete", **_CITED},
            {"component": "lens", "country": "TW", "level": "partial", **_CITED},
        ],
    }
    for line in _lines(_RELATIONS):
        relation, *rest = line
        rows.setdefault(relation, []).append(_CITED | _row(rest, "from_vendor to_vendor"))
    return rows


def _lines(text: str) -> list[list[str]]:
    """Cut a drawing into lines and words; two blanks stand beside a word that has a blank itself."""
    return [_words(line) for line in text.strip().splitlines()]


def _words(line: str) -> list[str]:
    words = [word.strip() for word in line.split("  ")]
    return [part for word in words if word for part in (word.split() if "=" in word else [word])]


def _row(words: list[str], columns: str) -> Row:
    """Read the words of a line: those of `columns` in their order, then ``name=value``."""
    heads = columns.split()
    row: Row = {}
    for column, word in zip(heads, words, strict=False):
        if column == "names":
            row |= _names(word)
        else:
            row[column] = "" if word == "-" else word
    for word in words[len(heads) :]:
        name, _, value = word.partition("=")
        row[name] = value
    return row


def _names(text: str) -> Row:
    names = ("" if name == "-" else name for name in text.split("/"))
    return dict(zip(("name_en", "name_zh", "name_ja"), names, strict=True))
