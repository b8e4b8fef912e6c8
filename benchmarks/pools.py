"""Words for synthetic tables: names in three scripts, sources, notes, at the length that real ones have."""

from __future__ import annotations

from itertools import product

__all__ = [
    "CITIES",
    "COMPONENT_WORDS",
    "COUNTRIES",
    "DESCRIPTIONS",
    "DETAILS",
    "DOMAINS",
    "EXCHANGES",
    "LAYERS",
    "NOTES",
    "PRODUCTS",
    "REASONS",
    "SECTIONS",
    "SEGMENTS",
    "SOLUTION_WORDS",
    "TITLES",
    "VENDOR_KINDS",
    "VENDOR_STEMS",
]

Triple = tuple[str, str, str]
"""A word in English, Traditional Chinese and Japanese."""

LAYERS: tuple[tuple[str, Triple], ...] = (
    ("terminal", ("Terminals", "終端產品", "端末")),
    ("cloud", ("Cloud storage", "雲端儲存", "クラウド・ストレージ")),
    ("ai", ("Artificial intelligence", "人工智慧", "人工知能")),
    ("solution", ("Solutions", "解決方案", "ソリューション")),
)

SEGMENTS: tuple[tuple[str, str, str, Triple], ...] = (
    ("sensor", "terminal", "hardware", ("Sensors", "感測器", "センサー")),
    ("network", "terminal", "hardware", ("Network equipment", "網路設備", "ネットワーク機器")),
    ("industrial-pc", "terminal", "hardware", ("Industrial computers", "工業電腦", "産業用コンピューター")),
    ("semiconductor", "terminal", "hardware", ("Semiconductors", "半導體", "半導体")),
    ("server", "cloud", "hardware", ("Servers", "伺服器", "サーバー")),
    ("cloud-platform", "cloud", "service", ("Cloud platforms", "雲端平台", "クラウド基盤")),
    (
        "ai-software",
        "ai",
        "software",
        ("AI and analytics software", "AI與資料分析軟體", "AI・データ分析ソフトウェア"),
    ),
    ("automation", "solution", "hardware", ("Automation machinery", "自動化機械", "自動化機械")),
    ("robot", "solution", "hardware", ("Robots", "機器人", "ロボット")),
    (
        "solution-software",
        "solution",
        "software",
        ("Solution software", "解決方案軟體", "ソリューションソフトウェア"),
    ),
    ("security", "", "software", ("Security", "資訊安全", "情報セキュリティ")),
)

COUNTRIES: tuple[tuple[str, Triple], ...] = (
    ("TW", ("Taiwan", "台灣", "台湾")),
    ("JP", ("Japan", "日本", "日本")),
    ("CN", ("China", "中國", "中国")),
    ("DE", ("Germany", "德國", "ドイツ")),
    ("KR", ("South Korea", "韓國", "韓国")),
    ("SG", ("Singapore", "新加坡", "シンガポール")),
    ("TH", ("Thailand", "泰國", "タイ")),
    ("US", ("United States", "美國", "アメリカ合衆国")),
)
"""The two countries of the study first."""

CITIES = {
    "TW": (("TW-HSZ", "Hsinchu"), ("TW-NWT", "New Taipei"), ("TW-TXG", "Taichung"), ("TW-TNN", "Tainan")),
    "JP": (("JP-13", "Tokyo"), ("JP-23", "Nagoya"), ("JP-26", "Kyoto"), ("JP-27", "Osaka")),
    "CN": (("CN-GD", "Shenzhen"),),
    "DE": (("DE-BY", "Munich"),),
    "KR": (("KR-41", "Suwon"),),
    "SG": (("", "Singapore"),),
    "TH": (("TH-10", "Bangkok"),),
    "US": (("US-CA", "San Jose"),),
}
EXCHANGES = {"TW": ("TWSE", "TPEx"), "JP": ("TSE",)}

_SYLLABLES: tuple[Triple, ...] = (
    ("An", "安", "アン"), ("Chi", "智", "チ"), ("Dai", "大", "ダイ"), ("Den", "電", "デン"), ("Ei", "永", "エイ"),
    ("En", "遠", "エン"), ("Fu", "富", "フ"), ("Gi", "義", "ギ"), ("Hoku", "北", "ホク"), ("Jun", "順", "ジュン"),
    ("Ka", "華", "カ"), ("Kei", "慶", "ケイ"), ("Kin", "金", "キン"), ("Ko", "光", "コウ"), ("Mei", "明", "メイ"),
    ("Nan", "南", "ナン"), ("Raku", "樂", "ラク"), ("Rei", "麗", "レイ"), ("Ryo", "良", "リョウ"), ("San", "三", "サン"),
    ("Sei", "精", "セイ"), ("Shin", "新", "シン"), ("Sho", "祥", "ショウ"), ("Tai", "泰", "タイ"), ("Ten", "天", "テン"),
    ("To", "東", "トウ"), ("Un", "雲", "ウン"), ("Wa", "和", "ワ"), ("Yo", "陽", "ヨウ"), ("Zui", "瑞", "ズイ"),
)  # fmt: skip
VENDOR_STEMS: tuple[Triple, ...] = tuple(
    (a[0] + b[0].lower(), a[1] + b[1], a[2] + b[2]) for a, b in product(_SYLLABLES, _SYLLABLES)
)
VENDOR_KINDS: tuple[Triple, ...] = (
    ("Automation", "自動化", "オートメーション"),
    ("Cloud Services", "雲端服務", "クラウドサービス"),
    ("Data Storage", "資料儲存", "データストレージ"),
    ("Electronics", "電子", "電子"),
    ("Machinery", "機械", "機械工業"),
    ("Materials", "材料", "マテリアル"),
    ("Motion Control", "運動控制", "モーションコントロール"),
    ("Networks", "網路", "ネットワークス"),
    ("Optical", "光學", "光学"),
    ("Power Devices", "功率元件", "パワーデバイス"),
    ("Precision Instruments", "精密儀器", "精密機器"),
    ("Robotics", "機器人", "ロボティクス"),
    ("Semiconductor", "半導體", "半導体"),
    ("Sensors", "感測", "センサー"),
    ("Software", "軟體", "ソフトウェア"),
    ("Systems Integration", "系統整合", "システムインテグレーション"),
)

_QUALITIES: tuple[Triple, ...] = (
    ("Advanced", "先進", "先端"),
    ("Automotive-grade", "車規", "車載グレード"),
    ("Compact", "小型", "小型"),
    ("Edge", "邊緣", "エッジ"),
    ("High-resolution", "高解析度", "高解像度"),
    ("Industrial", "工業用", "産業用"),
    ("Low-power", "低功耗", "低消費電力"),
    ("Multi-axis", "多軸", "多軸"),
    ("Rugged", "強固型", "堅牢型"),
    ("Wireless", "無線", "無線"),
)
_THINGS: tuple[Triple, ...] = (
    ("analytics engine", "分析引擎", "分析エンジン"),
    ("controller chip", "控制晶片", "制御チップ"),
    ("embedded computer", "嵌入式電腦", "組み込みコンピューター"),
    ("gateway", "閘道器", "ゲートウェイ"),
    ("gripper", "夾爪", "グリッパー"),
    ("image sensor", "影像感測器", "イメージセンサー"),
    ("mobile robot", "移動機器人", "移動ロボット"),
    ("motion controller", "運動控制器", "モーションコントローラー"),
    ("network switch", "網路交換器", "ネットワークスイッチ"),
    ("photoresist", "光阻劑", "フォトレジスト"),
    ("power module", "功率模組", "パワーモジュール"),
    ("servo motor", "伺服馬達", "サーボモーター"),
    ("silicon wafer", "矽晶圓", "シリコンウエハー"),
    ("speed reducer", "減速機", "減速機"),
    ("storage server", "儲存伺服器", "ストレージサーバー"),
    ("vision software", "視覺軟體", "画像処理ソフトウェア"),
)
COMPONENT_WORDS: tuple[Triple, ...] = tuple(
    (f"{a[0]} {b[0]}", a[1] + b[1], a[2] + b[2]) for a, b in product(_QUALITIES, _THINGS)
)
SOLUTION_WORDS: tuple[Triple, ...] = (
    ("Bridge and tunnel monitoring", "橋梁與隧道監測", "橋梁・トンネルの監視"),
    ("Care of the elderly at home", "居家高齡照護", "在宅高齢者の見守り"),
    ("Factory feedback with robots", "機器人工廠回饋", "ロボットによる工場フィードバック"),
    ("Maintenance of old machine tools", "舊工具機維護", "旧型工作機械の保全"),
    ("Parcel delivery without redelivery", "免二次配送的宅配", "再配達のない宅配"),
    ("Rail switch monitoring", "鐵路轉轍器監測", "転てつ機の監視"),
    ("Restaurant kitchen automation", "餐廳廚房自動化", "飲食店厨房の自動化"),
    ("Unstaffed shop", "無人商店", "無人店舗"),
)

DESCRIPTIONS = {
    "en": "Data of the line train models that retune robots and schedules, over and over again.",
    "zh": "以現場資料訓練模型，反覆調整機器人與排程，減輕現場人員的負擔。",
    "ja": "現場のデータでモデルを学習させ、ロボットと計画を繰り返し調整して、人の負担を軽くする。",
}
PRODUCTS = tuple(
    f"{quality.lower()} {thing}s for {use}"
    for quality, thing, use in product(
        [q[0] for q in _QUALITIES],
        [t[0] for t in _THINGS],
        ("factories", "rail and road", "hospitals", "logistics", "machine tools"),
    )
)
TITLES = tuple(
    f"{who} {what} {where}"
    for who, what, where in product(
        ("Maker", "Supplier", "Start-up", "Group", "Joint venture"),
        (
            "opens a new line",
            "names its main suppliers",
            "wins an order",
            "ships in volume",
            "shows a prototype",
        ),
        (
            "in Hsinchu",
            "in Kyushu",
            "at the Tokyo trade fair",
            "after a year of trials",
            "for smart factories",
        ),
    )
)
NOTES = (
    "copy or mirror of the page; the original is gone",
    "a plan or an agreement when the page was written",
    "the page names the product line, not the model",
    "said of the group; this firm is the maker in it",
    "thin for want of searching, not by fact",
    "the share is that of the whole market, by value",
    "second statement on the same page, further down",
)
REASONS = (
    "sets the speed of the line and its accuracy",
    "learns what is unusual from the data of the line",
    "carries the signal from the terminal to the cloud",
    "is built in; no other part does the same",
    "is needed to add capacity, not to run it",
)
DETAILS = (
    "Named among the main suppliers in the yearly report, by share of purchases.",
    "Signed an agreement on joint development and supply over five years.",
    "Took over the plant and its staff; the brand goes on under its own name.",
    "Both showed a common demonstration at a trade fair and sell it together.",
)
DOMAINS = tuple(f"{stem[0].lower()}-news.example" for stem in VENDOR_STEMS[::11])
SECTIONS = ("business", "industry/semiconductors", "news/technology", "press-releases", "investors/reports")
