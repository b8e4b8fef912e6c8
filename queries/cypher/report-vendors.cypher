/*
topic = "vendors"
title.en = "The firms of the report's table, and what is known of them now"
title.ja = "報告書の表に載る企業の現在"
title.zh = "報告書表列廠商的現況"
description.en = "The Taiwanese firms of the report of 2017 in the order of print: which vendor each is, what it offers today, who owns it, whether it still exists."
description.ja = "2017年の報告書の表にある台湾企業を掲載順に示す。どの企業か、現在何を供給しているか、誰が支配しているか、存続しているか。"
description.zh = "依印刷順序列出 2017 年報告書的台灣廠商：對應哪家廠商、目前供應什麼、由誰控制、是否仍存續。"

[[parameters]]
name = "lang"
type = "text"
default = "en"
allowed = ["en", "ja", "zh"]
description.en = "language of names: en, ja, zh; where there is none, the Latin name"
description.ja = "名称の言語（en、ja、zh）。その言語の名称がなければ欧文名"
description.zh = "名稱語言（en、ja、zh）；若無該語言名稱則用拉丁字母名稱"

[[columns]]
name = "layer"
description.en = "layer in which it is printed"
description.ja = "掲載された層"
description.zh = "所列層級"

[[columns]]
name = "segment"
description.en = "segment in which it is printed"
description.ja = "掲載されたセグメント"
description.zh = "所列區段"

[[columns]]
name = "printed"
description.en = "its name as printed"
description.ja = "掲載名"
description.zh = "印刷名稱"

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
name = "offers"
description.en = "components that it offers now"
description.ja = "現在供給している構成要素"
description.zh = "目前供應的元件"

[[columns]]
name = "owner"
description.en = "ultimate owner; blank: none known"
description.ja = "最終親会社。空欄は把握なし"
description.zh = "最終母公司；空白表示未知"

[[columns]]
name = "until"
description.en = "day it ceased to exist on its own"
description.ja = "独立した企業でなくなった日"
description.zh = "不再獨立存續之日"

[[columns]]
name = "note"
description.en = "what a reader must know"
description.ja = "注記"
description.zh = "附註"
*/
MATCH (p:Report2017Vendors)
MATCH (v:Vendor {id: p.vendor}), control = (v)<-[:OWNS*0..]-(head:Vendor)
WHERE all(own IN relationships(control)
    WHERE own.control = 'yes' OR own.share > 0.5 OR (own.control IS NULL AND own.share IS NULL))
  AND NOT EXISTS {
    MATCH (:Vendor)-[own:OWNS]->(head)
    WHERE own.control = 'yes' OR own.share > 0.5 OR (own.control IS NULL AND own.share IS NULL)
  }
WITH DISTINCT p, v, head
OPTIONAL MATCH (v)-[:OFFERS]->(c:Component)
WITH p, v, head, c
ORDER BY c.id
WITH p, v, head, collect(c.id) AS offers
RETURN p.layer AS layer, p.segment AS segment, p.vendor_as_printed AS printed, v.id AS vendor,
  coalesce(v['name_' + $lang], v.name_en, v.id) AS name,
  offers, CASE WHEN head.id <> v.id THEN head.id END AS owner, v.until AS until, p.note AS note
ORDER BY p.row, vendor
