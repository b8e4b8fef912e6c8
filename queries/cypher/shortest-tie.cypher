/*
topic = "ties"
title.en = "Shortest tie between two firms"
title.ja = "2社を結ぶ最短の関係"
title.zh = "兩家公司之間的最短關係"
description.en = "All shortest chains of relations between two firms, whichever way the relations run, over at most twelve of them. No rows: no chain is documented."
description.ja = "2社を結ぶ最短の関係の連鎖をすべて示す（向きは問わず、12段まで）。結果が空なら、記録のある連鎖はない。"
description.zh = "列出兩家公司之間所有最短的關係鏈，不論方向，最多十二段。若無結果，表示沒有紀錄在案的關係鏈。"

[[parameters]]
name = "from"
type = "text"
default = "advantech"
description.en = "id of the one vendor"
description.ja = "一方の企業のID"
description.zh = "其中一家廠商的 ID"

[[parameters]]
name = "to"
type = "text"
default = "fanuc"
description.en = "id of the other vendor"
description.ja = "他方の企業のID"
description.zh = "另一家廠商的 ID"

[[parameters]]
name = "limit"
type = "integer"
default = 20
description.en = "most chains to list"
description.ja = "挙げる連鎖の上限"
description.zh = "列出的關係鏈上限"

[[columns]]
name = "ties"
description.en = "number of relations in the chain"
description.ja = "連鎖の段数"
description.zh = "關係鏈的段數"

[[columns]]
name = "firms"
description.en = "the firms that it visits"
description.ja = "経由する企業"
description.zh = "途經的公司"

[[columns]]
name = "relations"
description.en = "the relations between them; > along, < against the chain"
description.ja = "各段の関係。>は順方向、<は逆方向"
description.zh = "各段關係；> 表示順向，< 表示逆向"
*/
MATCH (a:Vendor {id: $from}), (b:Vendor {id: $to})
WHERE a <> b
MATCH path = allShortestPaths(
  (a)-[:SUPPLIES|OWNS|INVESTS_IN|JOINT_VENTURE_WITH|PARTNERS_WITH|LICENSES*..12]-(b))
WITH DISTINCT length(path) AS ties, [v IN nodes(path) | v.id] AS firms,
  // > from the firm before to the firm after, < the other way
  [i IN range(0, length(path) - 1) |
    CASE WHEN startNode(relationships(path)[i]) = nodes(path)[i] THEN '> ' ELSE '< ' END
    + type(relationships(path)[i])] AS relations
RETURN ties, firms, relations
ORDER BY firms, relations
LIMIT $limit
