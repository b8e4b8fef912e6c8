/*
topic = "vendors"
title.en = "Vendors of a component, by country"
title.ja = "構成要素の供給企業（国別）"
title.zh = "元件的供應廠商（依國家）"
description.en = "Who offers a component, whose group it is, and how that is known. Every status is shown, the pair first."
description.ja = "構成要素の供給企業と所属グループ、その根拠。段階を問わず、両国の企業を先に示す。"
description.zh = "誰供應此元件、屬於哪個集團、依據為何。不論階段皆列出，兩國廠商在前。"

[[parameters]]
name = "component"
type = "text"
default = "image-sensor"
description.en = "id of a component"
description.ja = "構成要素のID"
description.zh = "元件的 ID"

[[parameters]]
name = "pair"
type = "list"
default = ["TW", "JP"]
size = 2
description.en = "the two countries of the study, ISO codes"
description.ja = "対象とする二つの国・地域（ISOコード）"
description.zh = "所研究的兩個國家或地區（ISO 代碼）"

[[parameters]]
name = "lang"
type = "text"
default = "en"
allowed = ["en", "ja", "zh"]
description.en = "language of names: en, ja, zh; where there is none, the Latin name"
description.ja = "名称の言語（en、ja、zh）。その言語の名称がなければ欧文名"
description.zh = "名稱語言（en、ja、zh）；若無該語言名稱則用拉丁字母名稱"

[[columns]]
name = "country"
description.en = "country, ISO 3166-1 alpha-2"
description.ja = "国・地域（ISO 3166-1 alpha-2）"
description.zh = "國家或地區（ISO 3166-1 alpha-2）"

[[columns]]
name = "vendor"
description.en = "id of the vendor"
description.ja = "企業のID"
description.zh = "廠商的 ID"

[[columns]]
name = "name"
description.en = "its name in the language asked for"
description.ja = "指定した言語での名称"
description.zh = "以指定語言顯示的名稱"

[[columns]]
name = "head"
description.en = "head of its group, itself if it has none"
description.ja = "グループの最終親会社。なければ自身"
description.zh = "所屬集團的最終母公司；若無則為其本身"

[[columns]]
name = "head_country"
description.en = "seat of that head"
description.ja = "その所在国・地域"
description.zh = "其所在國家或地區"

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
name = "share"
description.en = "share, 0 to 1, where a source says so"
description.ja = "シェア（0～1、出典がある場合のみ）"
description.zh = "占有率（0 至 1，僅在有出處時填寫）"

[[columns]]
name = "product"
description.en = "what exactly"
description.ja = "具体的な製品"
description.zh = "具體產品"

[[columns]]
name = "source_kind"
description.en = "cited, report (of 2017) or uncited"
description.ja = "cited＝出典あり、report＝2017年の報告書、uncited＝出典なし"
description.zh = "cited＝有出處，report＝2017 年報告書，uncited＝尚無出處"

[[columns]]
name = "source_url"
description.en = "the page that says so"
description.ja = "出典のページ"
description.zh = "出處網頁"
*/
MATCH (v:Vendor)-[o:OFFERS]->(c:Component {id: $component}), control = (v)<-[:OWNS*0..]-(head:Vendor)
WHERE all(own IN relationships(control)
    WHERE own.control = 'yes' OR own.share > 0.5 OR (own.control IS NULL AND own.share IS NULL))
  AND NOT EXISTS {
    MATCH (:Vendor)-[own:OWNS]->(head)
    WHERE own.control = 'yes' OR own.share > 0.5 OR (own.control IS NULL AND own.share IS NULL)
  }
WITH DISTINCT o, v, head
RETURN v.country AS country, v.id AS vendor, coalesce(v['name_' + $lang], v.name_en, v.id) AS name,
  head.id AS head, head.country AS head_country,
  o.status AS status, o.role AS role, o.share AS share, o.product AS product, o.source_kind AS source_kind,
  o.source_url AS source_url
ORDER BY country IN $pair DESC, country, vendor
