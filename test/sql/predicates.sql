-- rule: t-sql/language-elements/null-and-unknown-transact-sql: a comparison with NULL is unknown, and WHERE keeps only what is true
SELECT 1 WHERE NULL = NULL
--.
SELECT 1 WHERE NOT (NULL = 1)
--.
SELECT 1 WHERE NULL <> 1 OR 1 = 1
--> 1
SELECT 1 WHERE NULL = 1 AND 1 = 0
--.
SELECT CASE WHEN NULL = 1 THEN 'true' WHEN NOT (NULL = 1) THEN 'false' ELSE 'unknown' END
--> 'unknown'
-- rule: t-sql/language-elements/and-transact-sql: FALSE with unknown is false
SELECT CASE WHEN NOT (1 = 0 AND NULL = 1) THEN 'false' ELSE 'unknown' END
--> 'false'
-- rule: t-sql/language-elements/or-transact-sql: TRUE with unknown is true, FALSE with unknown is unknown
SELECT IIF(1 = 1 OR NULL = 1, 'true', 'other'), IIF(NOT (1 = 0 OR NULL = 1), 'true', 'other')
--> 'true' | 'other'
-- rule: t-sql/language-elements/operator-precedence-transact-sql: AND before OR, NOT before AND
SELECT 1 WHERE 1 = 1 OR 1 = 0 AND 1 = 0
--> 1
SELECT 1 WHERE NOT 1 = 0 AND 1 = 1
--> 1
-- rule: t-sql/queries/is-null-transact-sql: true for NULL, never unknown
SELECT 1 WHERE NULL IS NULL AND 1 IS NOT NULL
--> 1
-- rule: t-sql/statements/set-ansi-nulls-transact-sql: OFF makes = NULL and <> NULL compare
SET ANSI_NULLS OFF; SELECT COUNT(*) FROM (VALUES (1), (NULL)) t(v) WHERE v = NULL
--> 1
SET ANSI_NULLS OFF; SELECT COUNT(*) FROM (VALUES (1), (NULL), (2)) t(v) WHERE v <> NULL
--> 2
SET ANSI_NULLS ON; SELECT COUNT(*) FROM (VALUES (1), (NULL)) t(v) WHERE v = NULL
--> 0
-- rule: t-sql/queries/is-distinct-from-transact-sql: NULLs compare as values
SELECT 1 WHERE NULL IS NOT DISTINCT FROM NULL
--> 1
SELECT v FROM (VALUES (1), (NULL), (2)) t(v) WHERE v IS DISTINCT FROM 1 ORDER BY v
--> NULL
--> 2
SELECT 1 WHERE 1 IS DISTINCT FROM 1
--.
SELECT a.v FROM (VALUES (1), (NULL)) a(v) JOIN (VALUES (NULL), (3)) b(v) ON a.v IS NOT DISTINCT FROM b.v
--> NULL
-- rule: t-sql/language-elements/between-transact-sql: both ends belong to it, the lower comes first
SELECT 1 WHERE 5 BETWEEN 5 AND 7 AND 7 BETWEEN 5 AND 7
--> 1
SELECT 1 WHERE 6 BETWEEN 7 AND 5
--.
SELECT 1 WHERE 1 NOT BETWEEN 2 AND NULL
--> 1
SELECT 1 WHERE NULL BETWEEN 1 AND 2
--.
-- rule: t-sql/language-elements/in-transact-sql: true for any equal value; a NULL in the list makes NOT IN never true
SELECT 1 WHERE 2 IN (1, 2, NULL)
--> 1
SELECT 1 WHERE 3 NOT IN (1, 2, NULL)
--.
SELECT 1 WHERE 3 NOT IN (1, 2)
--> 1
SELECT 1 WHERE NULL IN (NULL, 1)
--.
SELECT 1 WHERE 3 NOT IN (SELECT v FROM (VALUES (1), (NULL)) t(v))
--.
SELECT 1 WHERE 3 NOT IN (SELECT v FROM (VALUES (1)) t(v) WHERE v > 1)
--> 1
SELECT 1 WHERE '1' IN (1, 2)
--> 1
SELECT 1 WHERE 1 IN (SELECT 1, 2)
--! 116 16
-- rule: t-sql/language-elements/exists-transact-sql: whether the query has a row, whatever it selects
SELECT 1 WHERE EXISTS (SELECT NULL)
--> 1
SELECT 1 WHERE NOT EXISTS (SELECT 1 WHERE 1 = 0)
--> 1
SELECT COUNT(*) FROM (VALUES (1), (2), (3)) a(v) WHERE EXISTS (SELECT * FROM (VALUES (2), (3), (4)) b(v) WHERE b.v = a.v)
--> 2
-- rule: t-sql/language-elements/all-transact-sql: for all rows, and true of none
SELECT 1 WHERE 5 > ALL (SELECT v FROM (VALUES (1), (4)) t(v))
--> 1
SELECT 1 WHERE 5 > ALL (SELECT v FROM (VALUES (1), (NULL)) t(v))
--.
SELECT 1 WHERE 5 > ALL (SELECT 9 WHERE 1 = 0)
--> 1
SELECT 1 WHERE 3 <> ALL (SELECT v FROM (VALUES (1), (3)) t(v))
--.
-- rule: t-sql/language-elements/some-any-transact-sql: for one row at least, and false of none
SELECT 1 WHERE 3 > ANY (SELECT v FROM (VALUES (2), (9)) t(v))
--> 1
SELECT 1 WHERE 3 = SOME (SELECT v FROM (VALUES (2), (NULL)) t(v))
--.
SELECT 1 WHERE 5 > ANY (SELECT 1 WHERE 1 = 0)
--.
SELECT 1 WHERE 5 > ANY (SELECT 1, 2)
--! 116 16

-- rule: t-sql/language-elements/like-transact-sql: % any text, _ any character
SELECT 1 WHERE 'abc' LIKE 'a%' AND 'abc' LIKE '%c' AND 'abc' LIKE '_b_' AND 'abc' LIKE '%'
--> 1
SELECT 1 WHERE 'abc' LIKE 'a_'
--.
SELECT 1 WHERE '' LIKE '%' AND '' LIKE ''
--> 1
-- rule: t-sql/language-elements/like-transact-sql: [ ] one of a set or range, [^ ] none of it
SELECT 1 WHERE 'Carsen' LIKE '[CK]ars[eo]n' AND 'Mac' LIKE 'M[^x]c' AND 'b' LIKE '[a-c]' AND 'd' NOT LIKE '[a-c]'
--> 1
-- rule: t-sql/language-elements/like-transact-sql: a wildcard in brackets is a literal
SELECT 1 WHERE '5%' LIKE '5[%]' AND '_n' LIKE '[_]n' AND '[' LIKE '[[]' AND ']' LIKE ']' AND 'a-b' LIKE 'a[-]b'
--> 1
SELECT 1 WHERE '50' LIKE '5[%]'
--.
-- rule: t-sql/language-elements/like-transact-sql: ESCAPE takes the meaning from the next character
SELECT 1 WHERE '10-15% off' LIKE '%10-15!% off%' ESCAPE '!' AND 'a_b' LIKE 'a\_b' ESCAPE '\'
--> 1
SELECT 1 WHERE 'axb' LIKE 'a\_b' ESCAPE '\'
--.
SELECT 1 WHERE 'a' LIKE 'a' ESCAPE 'xx'
--! 506 16
SELECT 1 WHERE 'a' LIKE NULL OR NULL LIKE 'a'
--.
-- rule: t-sql/language-elements/like-transact-sql: trailing blanks of the pattern count, those of the text may be left over
SELECT 1 WHERE 'abc' LIKE 'abc '
--.
SELECT 1 WHERE 'abc ' LIKE 'abc'
--> 1
SELECT 1 WHERE N'abc ' LIKE N'abc'
--.
SELECT 1 WHERE 12345 LIKE '123%'
--> 1
-- rule: t-sql/language-elements/like-transact-sql: case by the collation
SELECT 1 WHERE 'ABC' LIKE 'abc'
--> 1
SELECT 1 WHERE 'ABC' LIKE 'abc' COLLATE Latin1_General_CS_AS
--.
SELECT 1 WHERE 'ABC' COLLATE Latin1_General_BIN LIKE '[a-z]%'
--.

-- rule: t-sql/language-elements/comparison-operators-transact-sql: trailing blanks do not count in comparisons
SELECT 1 WHERE 'abc' = 'abc   ' AND N'abc' = N'abc ' AND 'a' < 'b'
--> 1
SELECT 1 WHERE ' abc' = 'abc'
--.
SELECT 1 WHERE 1 != 2 AND 1 <> 2 AND 3 !< 3 AND 3 !> 3 AND 2 >= 2 AND 2 <= 2
--> 1
-- rule: t-sql/language-elements/comparison-operators-transact-sql: the default collation ignores case and minds accents
SELECT IIF('abc' = 'ABC', 'same', 'other'), IIF(N'resume' = N'résumé', 'same', 'other'), IIF(N'resume' = N'résumé' COLLATE Latin1_General_CI_AI, 'same', 'other')
--> 'same' | 'other' | 'same'
-- rule: t-sql/statements/collations: COLLATE decides comparison and order
SELECT IIF('abc' COLLATE Latin1_General_CS_AS = 'ABC', 'same', 'other')
--> 'other'
SELECT v FROM (VALUES ('b'), ('A'), ('a'), ('B')) t(v) ORDER BY v COLLATE Latin1_General_BIN
--> 'A'
--> 'B'
--> 'a'
--> 'b'
SELECT COUNT(DISTINCT v), COUNT(DISTINCT v COLLATE Latin1_General_CS_AS) FROM (VALUES ('b'), ('B')) t(v)
--> 1 | 2
-- rule: t-sql/statements/collation-precedence-transact-sql: two explicit collations conflict
SELECT 1 WHERE 'a' COLLATE Latin1_General_CI_AS = 'a' COLLATE Latin1_General_CS_AS
--! 468 16
SELECT 'a' COLLATE Latin1_General_CI_AS + 'a' COLLATE Latin1_General_CS_AS
--! 468 16
SELECT 1 WHERE 'a' COLLATE No_Such_Collation = 'a'
--! 448 16
SELECT 1 COLLATE Latin1_General_CI_AS
--! 447 16
-- rule: t-sql/statements/collation-precedence-transact-sql: an explicit collation wins over a column's
CREATE TABLE #c (a varchar(5) COLLATE Latin1_General_CS_AS, b varchar(5) COLLATE Latin1_General_CI_AS); INSERT #c VALUES ('x', 'X'); SELECT COUNT(*) FROM #c WHERE a = b COLLATE Latin1_General_CI_AS
--> 1
-- rule: t-sql/language-elements/case-transact-sql: the first branch that is true, ELSE or NULL
SELECT CASE 2 WHEN 1 THEN 'one' WHEN 2 THEN 'two' ELSE 'many' END, CASE WHEN 1 = 0 THEN 1 END
--> 'two' | NULL
SELECT CASE NULL WHEN NULL THEN 'null' ELSE 'else' END
--> 'else'
-- rule: t-sql/language-elements/case-transact-sql: the type is the one of highest precedence
SELECT CASE WHEN 1 = 1 THEN 1 ELSE 2.5 END AS c
--= c numeric(11,1)
--> 1.0
SELECT CASE WHEN 1 = 0 THEN 1 ELSE 'x' END
--! 245 16
SELECT CASE WHEN 1 = 1 THEN 'ab' ELSE N'c' END AS c
--= c nvarchar(2)
--> 'ab'
SELECT CASE WHEN 1 = 1 THEN NULL ELSE NULL END
--! 8133 16
-- rule: t-sql/language-elements/case-transact-sql: later branches are not evaluated
SELECT CASE WHEN 1 = 1 THEN 1 ELSE 1 / 0 END
--> 1
-- rule: t-sql/language-elements/coalesce-transact-sql: the first that is not NULL, in the type of highest precedence
SELECT COALESCE(NULL, NULL, 3, 4), COALESCE(CAST(NULL AS int), 1.5)
--> 3 | 1.5
SELECT COALESCE(NULL, NULL)
--! 4127 16
SELECT COALESCE('abc', 1)
--! 245 16
SELECT COALESCE(CAST(NULL AS varchar(2)), 'abcdef') AS c
--= c varchar(6)
--> 'abcdef'
-- rule: t-sql/functions/isnull-transact-sql: the type of the first, to which the second is cut
SELECT ISNULL(CAST(NULL AS varchar(2)), 'abcdef') AS c
--= c varchar(2)
--> 'ab'
SELECT ISNULL(NULL, 'abc'), ISNULL(1, 2), ISNULL(CAST(NULL AS int), '5')
--> 'abc' | 1 | 5
SELECT ISNULL(CAST(NULL AS int), 'x')
--! 245 16
-- rule: t-sql/language-elements/nullif-transact-sql: NULL for two equal values, else the first with its type
SELECT NULLIF(4, 4), NULLIF(5, 4), NULLIF('a', 'A'), NULLIF(4, NULL)
--> NULL | 5 | NULL | 4
SELECT NULLIF(NULL, 4)
--! 4151 16
-- rule: t-sql/functions/logical-functions-iif-transact-sql: a CASE of one condition
SELECT IIF(1 < 2, 'yes', 'no'), IIF(NULL = 1, 'yes', 'no'), IIF(1 = 1, NULL, 5)
--> 'yes' | 'no' | NULL
SELECT IIF(1 = 1, NULL, NULL)
--! 8133 16
-- rule: t-sql/functions/logical-functions-choose-transact-sql: the value at a place from 1, NULL outside
SELECT CHOOSE(3, 'Manager', 'Director', 'Developer', 'Tester'), CHOOSE(0, 'a', 'b'), CHOOSE(3, 'a', 'b'), CHOOSE(NULL, 'a')
--> 'Developer' | NULL | NULL | NULL
SELECT CHOOSE(2, 1, 2.5) AS c, CHOOSE(1.9, 'a', 'b') AS d
--= c numeric(11,1) | d varchar(1)
--> 2.5 | 'a'
-- rule: t-sql/functions/logical-functions-greatest-transact-sql: the greatest, NULLs left out
SELECT GREATEST(1, 5, 3), GREATEST(NULL, 2, 1), GREATEST('a', 'B'), GREATEST(CAST(NULL AS int), NULL)
--> 5 | 2 | 'B' | NULL
SELECT GREATEST('6.62', 3.1415, N'7') AS g
--= g numeric(5,4)
--> 7.0000
-- rule: t-sql/functions/logical-functions-least-transact-sql: the least, NULLs left out
SELECT LEAST(1, 5, 3), LEAST(NULL, 2), LEAST(CAST('2024-01-02' AS date), '2024-01-01')
--> 1 | 2 | 2024-01-01
SELECT LEAST('6.62', 3.1415, N'7')
--> 3.1415

-- rule: t-sql/language-elements/comparison-operators-transact-sql: a condition is no value and a value no condition
SELECT 1 WHERE 1
--! 4145 15
SELECT (1 = 1)
--! 102 15
IF 1 SELECT 1
--! 4145 15
-- rule: t-sql/queries/predicates: comparisons across types use the one of higher precedence
SELECT 1 WHERE 1.0 = 1 AND 1e0 = 1.0 AND '1' = 1 AND CAST(1 AS bit) = 'true' AND 0x01 = CAST(1 AS int)
--> 1
SELECT 1 WHERE 'abc' = 1
--! 245 16
SELECT 1 WHERE 0x6162 = CAST('ab' AS varbinary(2))
--> 1
SELECT 1 WHERE CAST('6F9619FF-8B86-D011-B42D-00C04FC964FF' AS uniqueidentifier) = '6f9619ff-8b86-d011-b42d-00c04fc964ff'
--> 1
