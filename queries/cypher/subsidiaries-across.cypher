/*
topic = "ties"
title.en = "Subsidiaries across the strait"
title.ja = "相手国の企業に支配される企業"
title.zh = "受對岸企業控制的公司"
description.en = "Firms of the one country whose ultimate owner sits in the other, however long the chain of control, and what they offer."
description.ja = "最終親会社が相手国にある企業と、その供給するもの。支配の連鎖の長さは問わない。"
description.zh = "最終母公司位於另一國的公司及其供應項目，不論控制鏈長短。"

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
name = "owner"
description.en = "id of the ultimate owner"
description.ja = "最終親会社のID"
description.zh = "最終母公司的 ID"

[[columns]]
name = "owner_name"
description.en = "its name"
description.ja = "最終親会社の名称"
description.zh = "最終母公司名稱"

[[columns]]
name = "owner_country"
description.en = "its seat"
description.ja = "最終親会社の所在国・地域"
description.zh = "最終母公司所在國家或地區"

[[columns]]
name = "subsidiary"
description.en = "id of the firm that is owned"
description.ja = "支配される企業のID"
description.zh = "受控制公司的 ID"

[[columns]]
name = "subsidiary_name"
description.en = "its name"
description.ja = "支配される企業の名称"
description.zh = "受控制公司名稱"

[[columns]]
name = "country"
description.en = "its seat"
description.ja = "支配される企業の所在国・地域"
description.zh = "受控制公司所在國家或地區"

[[columns]]
name = "steps"
description.en = "edges of control between the two"
description.ja = "両者の間の支配関係の段数"
description.zh = "兩者之間的控制層數"

[[columns]]
name = "offers"
description.en = "components that it offers now"
description.ja = "現在供給している構成要素"
description.zh = "目前供應的元件"
*/
MATCH control = (head:Vendor)-[:OWNS*1..]->(v:Vendor)
WHERE head.country IN $pair AND v.country IN $pair AND head.country <> v.country
  AND all(own IN relationships(control)
    WHERE own.control = 'yes' OR own.share > 0.5 OR (own.control IS NULL AND own.share IS NULL))
  AND NOT EXISTS {
    MATCH (:Vendor)-[own:OWNS]->(head)
    WHERE own.control = 'yes' OR own.share > 0.5 OR (own.control IS NULL AND own.share IS NULL)
  }
WITH head, v, min(length(control)) AS steps
OPTIONAL MATCH (v)-[:OFFERS]->(c:Component)
WITH head, v, steps, c
ORDER BY c.id
RETURN head.id AS owner, coalesce(head['name_' + $lang], head.name_en, head.id) AS owner_name,
  head.country AS owner_country, v.id AS subsidiary,
  coalesce(v['name_' + $lang], v.name_en, v.id) AS subsidiary_name, v.country AS country, steps,
  collect(c.id) AS offers
ORDER BY owner_country = $pair[0] DESC, owner, subsidiary
