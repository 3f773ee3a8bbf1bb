-- rule: t-sql/functions/sum-transact-sql: a sum of decimal(p, s) is decimal(38, s)
SELECT SUM(v) AS s FROM (VALUES (CAST(1.25 AS decimal(12, 2))), (2.25)) t(v)
--= s numeric(38,2)
--> 3.50
SELECT SUM(v) FROM (VALUES (CAST(0.1234567 AS decimal(20, 7))), (0.0000001), (-1)) t(v)
--> -0.8765432

-- rule: t-sql/functions/sum-transact-sql: a sum that its type can't hold is an overflow
SELECT SUM(v) FROM (VALUES (CAST(99999999999999999999999999999999999999 AS decimal(38, 0))), (1)) t(v)
--! 8115
SELECT SUM(v) FROM (VALUES (2147483647), (1)) t(v)
--! 8115

-- rule: t-sql/functions/sum-transact-sql: tinyint, smallint and int add up to int, bigint to bigint, money to money, real to float
SELECT SUM(CAST(v AS tinyint)) AS a, SUM(CAST(v AS smallint)) AS b, SUM(v) AS c, SUM(CAST(v AS bigint)) AS d, SUM(CAST(v AS money)) AS e, SUM(CAST(v AS smallmoney)) AS f, SUM(CAST(v AS real)) AS g FROM (VALUES (100), (101)) t(v)
--= a int | b int | c int | d bigint | e money | f money | g float
--> 201 | 201 | 201 | 201 | 201.0000 | 201.0000 | 201

-- rule: t-sql/functions/sum-transact-sql: NULLs are left out, and without other values the sum is NULL
SELECT SUM(v), COUNT(v), COUNT(*) FROM (VALUES (1), (NULL), (3)) t(v)
--> 4 | 2 | 3
SELECT SUM(v), AVG(v), MIN(v), MAX(v), COUNT(v) FROM (VALUES (CAST(NULL AS int))) t(v)
--> NULL | NULL | NULL | NULL | 0
SELECT SUM(v), COUNT(*) FROM (SELECT 1 WHERE 1 = 0) t(v)
--> NULL | 0

-- rule: t-sql/functions/sum-transact-sql: DISTINCT adds each value once
SELECT SUM(DISTINCT v), COUNT(DISTINCT v), AVG(DISTINCT v) FROM (VALUES (1), (1), (4)) t(v)
--> 5 | 2 | 2

-- rule: t-sql/functions/sum-transact-sql: bit and text can't be added up
SELECT SUM(CAST(1 AS bit))
--! 8117 16
SELECT SUM('1')
--! 8117 16

-- rule: t-sql/functions/avg-transact-sql: the average of integers is an integer, cut off
SELECT AVG(v), AVG(-v) FROM (VALUES (1), (2)) t(v)
--> 1 | -1

-- rule: t-sql/functions/avg-transact-sql: the average of decimal(p, s) is decimal(38, max(s, 6))
SELECT AVG(CAST(v AS decimal(9, 2))) AS a, AVG(CAST(v AS decimal(18, 8))) AS b FROM (VALUES (1), (2), (2)) t(v)
--= a numeric(38,6) | b numeric(38,8)
--> 1.666666 | 1.66666666

-- rule: t-sql/functions/count-transact-sql: COUNT is int, COUNT_BIG is bigint
SELECT COUNT(*) AS a, COUNT_BIG(*) AS b, COUNT(v) AS c, COUNT_BIG(DISTINCT v) AS d FROM (VALUES (1), (1), (NULL)) t(v)
--= a int | b bigint | c int | d bigint
--> 3 | 3 | 2 | 1

-- rule: t-sql/functions/min-transact-sql: MIN and MAX keep the type, and order text by its collation
SELECT MIN(v) AS a, MAX(v) AS b FROM (VALUES ('b'), ('A'), ('c')) t(v)
--= a varchar(1) | b varchar(1)
--> 'A' | 'c'
SELECT MIN(v), MAX(v) FROM (VALUES (CAST('2026-01-02' AS date)), ('2025-12-31')) t(v)
--> 2025-12-31 | 2026-01-02

-- rule: t-sql/functions/min-transact-sql: bit has no least value
SELECT MIN(CAST(1 AS bit))
--! 8117 16

-- rule: t-sql/functions/stdev-transact-sql: STDEV and VAR divide by n - 1 and need two values, STDEVP and VARP by n
SELECT STDEV(v), VAR(v), STDEVP(v), VARP(v) FROM (VALUES (2), (4)) t(v)
--> 1.4142135623730951 | 2 | 1 | 1
SELECT STDEV(v), VAR(v), STDEVP(v), VARP(v) FROM (VALUES (2)) t(v)
--> NULL | NULL | 0 | 0

-- rule: t-sql/functions/string-agg-transact-sql: NULLs are left out with their separator, and an order can be given
SELECT STRING_AGG(v, '-') WITHIN GROUP (ORDER BY v DESC) FROM (VALUES ('a'), (NULL), ('c'), ('b')) t(v)
--> 'c-b-a'

-- rule: t-sql/functions/grouping-transact-sql: GROUPING is 1 where a row sums up over the column
SELECT g, SUM(v), GROUPING(g) FROM (VALUES ('a', 1), ('a', 2), ('b', 4)) t(g, v) GROUP BY ROLLUP (g) ORDER BY GROUPING(g), g
--> 'a' | 3 | 0
--> 'b' | 4 | 0
--> NULL | 7 | 1

-- rule: t-sql/functions/grouping-id-transact-sql: the bits of GROUPING_ID are those of GROUPING, the last column lowest
SELECT a, b, GROUPING_ID(a, b), COUNT(*) FROM (VALUES (1, 1), (1, 2)) t(a, b) GROUP BY CUBE (a, b) ORDER BY GROUPING_ID(a, b), a, b
--> 1 | 1 | 0 | 1
--> 1 | 2 | 0 | 1
--> 1 | NULL | 1 | 2
--> NULL | 1 | 2 | 1
--> NULL | 2 | 2 | 1
--> NULL | NULL | 3 | 2

-- rule: t-sql/functions/aggregate-functions-transact-sql: an aggregate can't stand in WHERE, nor inside another one
SELECT 1 FROM (VALUES (1)) t(v) WHERE SUM(v) > 0
--! 147 15
SELECT SUM(COUNT(v)) FROM (VALUES (1)) t(v)
--! 130 15

-- rule: t-sql/queries/select-group-by-transact-sql: a column of the result is grouped by or aggregated
SELECT g, v FROM (VALUES (1, 1)) t(g, v) GROUP BY g
--! 8120 16
SELECT v FROM (VALUES (1)) t(v) HAVING COUNT(*) > 0
--! 8120 16

-- rule: t-sql/queries/select-group-by-transact-sql: NULLs are one group
SELECT v, COUNT(*) FROM (VALUES (1), (NULL), (NULL)) t(v) GROUP BY v ORDER BY v
--> NULL | 2
--> 1 | 1
