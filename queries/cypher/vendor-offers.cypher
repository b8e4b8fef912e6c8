/*
topic = "vendors"
title.en = "What a vendor offers"
title.ja = "企業が供給するもの"
title.zh = "廠商供應什麼"
description.en = "Every component that a vendor offers today, with status, evidence and what it makes itself."
description.ja = "企業が現在供給する構成要素と、その段階、根拠、内製するもの。"
description.zh = "廠商目前供應的所有元件，及其階段、依據與自製項目。"

[[parameters]]
name = "vendor"
type = "text"
default = "omron"
description.en = "id of a vendor"
description.ja = "企業のID"
description.zh = "廠商的 ID"

[[parameters]]
name = "lang"
type = "text"
default = "en"
allowed = ["en", "ja", "zh"]
description.en = "language of names: en, ja, zh; where there is none, the Latin name"
description.ja = "名称の言語（en、ja、zh）。その言語の名称がなければ欧文名"
description.zh = "名稱語言（en、ja、zh）；若無該語言名稱則用拉丁字母名稱"

[[columns]]
name = "segment"
description.en = "segment that it is part of"
description.ja = "属するセグメント"
description.zh = "所屬區段"

[[columns]]
name = "component"
description.en = "id of the component"
description.ja = "構成要素のID"
description.zh = "元件的 ID"

[[columns]]
name = "name"
description.en = "its name in the language asked for"
description.ja = "指定した言語での名称"
description.zh = "以指定語言顯示的名稱"

[[columns]]
name = "product"
description.en = "what exactly"
description.ja = "具体的な製品"
description.zh = "具體產品"

[[columns]]
name = "status"
description.en = "how far the offer is; blank: unknown"
description.ja = "供給の段階。空欄は不明"
description.zh = "供應所處階段；空白表示不明"

[[columns]]
name = "role"
description.en = "place in the market, where a source says so"
description.ja = "市場での地位（出典がある場合のみ）"
description.zh = "市場地位（僅在有出處時填寫）"

[[columns]]
name = "in_house"
description.en = "components that it makes itself for this offer"
description.ja = "この供給のために内製する構成要素"
description.zh = "為此供應自行製造的元件"

[[columns]]
name = "source_kind"
description.en = "cited, report (of 2017) or uncited"
description.ja = "cited＝出典あり、report＝2017年の報告書、uncited＝出典なし"
description.zh = "cited＝有出處，report＝2017 年報告書，uncited＝尚無出處"

[[columns]]
name = "confidence"
description.en = "how surely the source supports it"
description.ja = "出典による裏付けの確度"
description.zh = "出處支持的可信度"

[[columns]]
name = "source_url"
description.en = "the page that says so"
description.ja = "出典のページ"
description.zh = "出處網頁"
*/
MATCH (v:Vendor {id: $vendor})-[o:OFFERS]->(c:Component)
RETURN c.segment AS segment, c.id AS component, coalesce(c['name_' + $lang], c.name_en, c.id) AS name,
  o.product AS product, o.status AS status,
  o.role AS role, o.in_house AS in_house, o.source_kind AS source_kind, o.confidence AS confidence,
  o.source_url AS source_url
ORDER BY segment, component
