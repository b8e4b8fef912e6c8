/*
topic = "evidence"
title.en = "What the report claims about something"
title.ja = "ある対象についての報告書の主張"
title.zh = "報告書對某對象的主張"
description.en = "Claims of the report of 2017 about a node of any label, with the figure and the saved question that recomputes it, if there is one."
description.ja = "任意のノードについての2017年の報告書の主張。数値と、それを再計算する問い（あれば）を示す。"
description.zh = "2017 年報告書對任一節點的主張，附數字與可重新計算的問題（若有）。"

[[parameters]]
name = "id"
type = "text"
default = "sme-productivity"
description.en = "id of the node"
description.ja = "ノードのID"
description.zh = "節點的 ID"

[[parameters]]
name = "label"
type = "text"
default = "Problem"
description.en = "label of the node"
description.ja = "ノードのラベル"
description.zh = "節點的標籤"

[[parameters]]
name = "lang"
type = "text"
default = "en"
allowed = ["en", "ja", "zh"]
description.en = "language of names: en, ja, zh; where there is none, the Latin name"
description.ja = "名称の言語（en、ja、zh）。その言語の名称がなければ欧文名"
description.zh = "名稱語言（en、ja、zh）；若無該語言名稱則用拉丁字母名稱"

[[columns]]
name = "claim"
description.en = "id of the claim"
description.ja = "主張のID"
description.zh = "主張的 ID"

[[columns]]
name = "text"
description.en = "the claim in our own words"
description.ja = "主張の内容（要約）"
description.zh = "主張內容（改寫）"

[[columns]]
name = "figure"
description.en = "the number claimed"
description.ja = "主張された数値"
description.zh = "所稱數字"

[[columns]]
name = "unit"
description.en = "unit of that number"
description.ja = "数値の単位"
description.zh = "數字的單位"

[[columns]]
name = "year"
description.en = "year the number is of"
description.ja = "数値の年"
description.zh = "數字所屬年份"

[[columns]]
name = "check"
description.en = "the question that recomputes it; blank: none can"
description.ja = "再計算する問い。空欄は再計算できない"
description.zh = "可重新計算的問題；空白表示無法計算"

[[columns]]
name = "confidence"
description.en = "how surely the source supports it"
description.ja = "出典による裏付けの確度"
description.zh = "出處支持的可信度"
*/
MATCH (claim:Claim)-[:ABOUT]->(x {id: $id})
WHERE labels(x)[0] = $label
RETURN claim.id AS claim, coalesce(claim['text_' + $lang], claim.text_en) AS text, claim.figure AS figure,
  claim.unit AS unit,
  claim.year AS year, claim.check AS check, claim.confidence AS confidence
ORDER BY claim
