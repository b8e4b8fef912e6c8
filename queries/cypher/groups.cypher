/*
topic = "ties"
title.en = "Groups: ultimate owners and their members"
title.ja = "企業グループ：最終親会社と傘下企業"
title.zh = "集團：最終母公司與成員"
description.en = "Vendors joined by control along chains of ownership. Control is what a source calls so, a share above one half, or an ownership of which neither is known. Shares are never multiplied."
description.ja = "所有の連鎖による支配で結ばれた企業。支配とは、出典がそう述べるもの、過半の持分、またはいずれも不明の所有関係をいう。持分の掛け合わせはしない。"
description.zh = "沿所有權鏈以控制關係相連的廠商。控制指出處如此載明、持股過半，或兩者皆不詳的所有關係；持股比例不相乘。"

[[parameters]]
name = "least"
type = "integer"
default = 2
description.en = "least number of members"
description.ja = "構成企業数の下限"
description.zh = "成員數下限"

[[parameters]]
name = "lang"
type = "text"
default = "en"
allowed = ["en", "ja", "zh"]
description.en = "language of names: en, ja, zh; where there is none, the Latin name"
description.ja = "名称の言語（en、ja、zh）。その言語の名称がなければ欧文名"
description.zh = "名稱語言（en、ja、zh）；若無該語言名稱則用拉丁字母名稱"

[[columns]]
name = "head"
description.en = "id of the head, whom nobody controls"
description.ja = "誰にも支配されない最終親会社のID"
description.zh = "不受任何人控制的最終母公司 ID"

[[columns]]
name = "name"
description.en = "its name in the language asked for"
description.ja = "指定した言語での名称"
description.zh = "以指定語言顯示的名稱"

[[columns]]
name = "country"
description.en = "seat of the head"
description.ja = "最終親会社の所在国・地域"
description.zh = "最終母公司所在國家或地區"

[[columns]]
name = "size"
description.en = "number of members, the head among them"
description.ja = "構成企業数（最終親会社を含む）"
description.zh = "成員數（含最終母公司）"

[[columns]]
name = "members"
description.en = "ids of the members, sorted"
description.ja = "構成企業のID（ID順）"
description.zh = "成員的 ID（已排序）"

[[columns]]
name = "countries"
description.en = "countries of their seats, in the order of the members"
description.ja = "構成企業の所在国・地域（構成企業の順）"
description.zh = "成員所在國家或地區（依成員順序）"
*/
MATCH control = (head:Vendor)-[:OWNS*0..]->(v:Vendor)
WHERE all(own IN relationships(control)
    WHERE own.control = 'yes' OR own.share > 0.5 OR (own.control IS NULL AND own.share IS NULL))
  AND NOT EXISTS {
    MATCH (:Vendor)-[own:OWNS]->(head)
    WHERE own.control = 'yes' OR own.share > 0.5 OR (own.control IS NULL AND own.share IS NULL)
  }
WITH DISTINCT head, v
ORDER BY v.id
WITH head, collect(v.id) AS members, collect(v.country) AS seats
WHERE size(members) >= $least
RETURN head.id AS head, coalesce(head['name_' + $lang], head.name_en, head.id) AS name,
  head.country AS country, size(members) AS size, members,
  reduce(seen = [], country IN seats | CASE WHEN country IN seen THEN seen
    ELSE seen + [country] END) AS countries
ORDER BY size DESC, head
