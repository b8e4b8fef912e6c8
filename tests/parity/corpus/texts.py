"""Texts, and above all those in Chinese and Japanese."""

from __future__ import annotations

from tests.parity.case import case

__all__ = ["CASES"]

CASES = [
    case(
        "a Chinese name by its beginning",
        "MATCH (v:Vendor) WHERE v.name_zh STARTS WITH '台積' RETURN v.id AS id, v.name_zh AS name",
        "id name",
        ("tsmc", "台積電"),
    ),
    case(
        "a Chinese name by its middle and by its end",
        """
        MATCH (v:Vendor) WHERE v.name_zh CONTAINS '海精' OR v.name_zh ENDS WITH '科'
        RETURN v.name_zh AS name ORDER BY v.id
        """,
        "name",
        ("鴻海精密",),
        ("聯發科",),
    ),
    case(
        "an alias among several",
        """
        MATCH (v:Vendor) WHERE 'ホンハイ' IN v.aliases OR any(a IN v.aliases WHERE a STARTS WITH 'ソニー')
        RETURN v.id AS id ORDER BY id
        """,
        "id",
        ("foxconn",),
        ("sony",),
    ),
    case(
        "a name given as a parameter",
        "MATCH (v:Vendor {name_ja: $name}) RETURN v.id AS id, $name AS name, size($name) AS size",
        "id name size",
        ("keyence", "キーエンス", 5),
        parameters={"name": "キーエンス"},
    ),
    case(
        "full-width letters are letters of their own, with capitals of their own",
        """
        MATCH (v:Vendor {id: 'hoya'})
        RETURN v.name_ja AS ja, v.name_ja = v.name_en AS same, toLower(v.name_ja) AS lower,
               toUpper('ｈｏｙａ') = v.name_ja AS upper, size(v.name_ja) AS size
        """,
        "ja same lower upper size",
        ("ＨＯＹＡ", False, "ｈｏｙａ", True, 4),
    ),
    case(
        "the case of letters",
        "RETURN toUpper('Kizuna 絆') AS upper, toLower('ÄÖ TSMC') AS lower, upper('a') AS old, "
        "lower('B') AS old_lower",
        "upper lower old old_lower",
        ("KIZUNA 絆", "äö tsmc", "A", "b"),
    ),
    case(
        "parts of a text",
        """
        WITH '鴻海精密' AS t
        RETURN substring(t, 2) AS rest, substring(t, 1, 2) AS middle, left(t, 2) AS left,
               right(t, 1) AS right,
               left(t, 9) AS beyond, substring(t, 4) AS end
        """,
        "rest middle left right beyond end",
        ("精密", "海精", "鴻海", "密", "鴻海精密", ""),
    ),
    case(
        "split and replace",
        """
        RETURN split('富士康;鴻海;', ';') AS parts, split('a', ',') AS whole,
               replace('台灣台北', '台', '臺') AS replaced,
               split('甲、乙', '、') AS by_comma
        """,
        "parts whole replaced by_comma",
        (["富士康", "鴻海", ""], ["a"], "臺灣臺北", ["甲", "乙"]),
    ),
    case(
        "size and reversal",
        "RETURN size('台積電') AS cjk, size('') AS none, char_length('ソニー') AS length, "
        "reverse('台積電') AS reversed",
        "cjk none length reversed",
        (3, 0, 3, "電積台"),
    ),
    case(
        "characters beyond the first plane come through whole",
        "RETURN $sign AS sign, '𠮷野家' AS name, '𠮷野家' ENDS WITH '野家' AS ends, '🏭' + '絆' AS joined",
        "sign name ends joined",
        ("𠮷", "𠮷野家", True, "🏭絆"),
        parameters={"sign": "𠮷"},
    ),
    case(
        "a character beyond the first plane counts as one",
        "RETURN size('𠮷野家') AS size, substring('𠮷野家', 1) AS rest, reverse('𠮷野') AS reversed",
        "size rest reversed",
        (3, "野家", "野𠮷"),
    ),
    case(
        "regular expressions match the whole text",
        """
        MATCH (v:Vendor) WHERE v.name_zh =~ '.*[電電]' OR v.name_en =~ '(?i)SHARP' OR v.name_ja =~ 'ソ.'
        RETURN v.id AS id ORDER BY id
        """,
        "id",
        ("sharp",),
        ("tsmc",),
    ),
    case(
        "escapes in a text",
        r"RETURN '\u53f0\u7a4d' AS unicode, 'a\tb\n' AS blanks, 'it\'s' AS quote, "
        r""""say \"絆\"" AS double, 'c:\\d' AS back""",
        "unicode blanks quote double back",
        ("台積", "a\tb\n", "it's", 'say "絆"', "c:\\d"),
    ),
    case(
        "texts with quotes of the other kind and what looks like a comment",
        """RETURN "it's" AS a, 'say "x"' AS b, 'https://example.com/*x*/' AS c, '$name' AS d""",
        "a b c d",
        ("it's", 'say "x"', "https://example.com/*x*/", "$name"),
    ),
    case(
        "trimming",
        "RETURN trim('  a b ') AS both, ltrim('  a ') AS left, rtrim(' a  ') AS right, "
        "trim(BOTH 'x' FROM 'xax') AS sign",
        "both left right sign",
        ("a b", "a ", " a", "a"),
    ),
    case(
        "texts joined to texts and to numbers",
        "RETURN '台' + '積' AS texts, '第' + 1 AS number, 1.5 + '倍' AS float, '台' || '積' AS by_bars",
        "texts number float by_bars",
        ("台積", "第1", "1.5倍", "台積"),
    ),
    case(
        "texts are in the order of their code points",
        "UNWIND ['台', 'ａ', '日', 'b', 'あ', 'ア', 'B', ''] AS t RETURN t ORDER BY t",
        "t",
        ("",),
        ("B",),
        ("b",),
        ("あ",),
        ("ア",),
        ("台",),
        ("日",),
        ("ａ",),
    ),
    case(
        "texts compared",
        "RETURN 'a' < 'b' AS letters, '10' < '9' AS digits, 'あ' < 'ア' AS kana, 'a' = 'A' AS capital, "
        "'ab' > 'a' AS longer",
        "letters digits kana capital longer",
        (True, True, True, False, True),
    ),
    case(
        "numbers and truth as texts",
        "RETURN toString(1) AS integer, toString(1.0) AS float, toString(true) AS truth, "
        "toString(1e20) AS large, "
        "toString('絆') AS text",
        "integer float truth large text",
        ("1", "1.0", "true", "1.0E20", "絆"),
    ),
    case(
        "normal forms",
        "RETURN normalize('ＨＯＹＡ', NFKC) AS narrow, normalize('ｶﾞ', NFKC) AS kana, "
        "'が' = normalize('か\u3099') AS joined",
        "narrow kana joined",
        ("HOYA", "ガ", True),
    ),
    case(
        "names of columns and variables in Chinese and Japanese",
        "MATCH (廠商:Vendor {id: 'sony'}) RETURN 廠商.name_zh AS 名稱, 廠商.name_ja AS `日本語 名`",
        ["名稱", "日本語 名"],
        ("索尼", "ソニー"),
    ),
]
