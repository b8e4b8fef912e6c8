/*
topic = "vendors"
title.en = "Leaders and market shares"
title.ja = "首位企業と市場シェア"
title.zh = "領導廠商與市場占有率"
description.en = "Offers of which a source states the place in the market or a share. The share may be of a wider market than the component's own."
description.ja = "市場での地位またはシェアが出典に示された供給。シェアは構成要素そのものより広い市場についての場合がある。"
description.zh = "有出處載明市場地位或占有率的供應。占有率所指市場可能比該元件本身的市場更廣。"

[[parameters]]
name = "lang"
type = "text"
default = "en"
allowed = ["en", "ja", "zh"]
description.en = "language of names: en, ja, zh; where there is none, the Latin name"
description.ja = "名称の言語（en、ja、zh）。その言語の名称がなければ欧文名"
description.zh = "名稱語言（en、ja、zh）；若無該語言名稱則用拉丁字母名稱"

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
name = "vendor"
description.en = "id of the vendor"
description.ja = "企業のID"
description.zh = "廠商的 ID"

[[columns]]
name = "country"
description.en = "country, ISO 3166-1 alpha-2"
description.ja = "国・地域（ISO 3166-1 alpha-2）"
description.zh = "國家或地區（ISO 3166-1 alpha-2）"

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
name = "share_of"
description.en = "the market that the share is of"
description.ja = "シェアの対象市場"
description.zh = "占有率所指的市場"

[[columns]]
name = "share_year"
description.en = "year of the share"
description.ja = "シェアの年"
description.zh = "占有率的年份"

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
MATCH (v:Vendor)-[o:OFFERS]->(c:Component)
WHERE o.role IS NOT NULL OR o.share IS NOT NULL
RETURN c.id AS component, coalesce(c['name_' + $lang], c.name_en, c.id) AS name, v.id AS vendor,
  v.country AS country, o.role AS role, o.share AS share,
  o.share_of AS share_of, o.share_year AS share_year, o.source_kind AS source_kind,
  o.source_url AS source_url
ORDER BY component, coalesce(share, 0) DESC, vendor
