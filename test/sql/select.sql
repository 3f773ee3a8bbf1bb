-- rule: t-sql/queries/from-transact-sql: INNER JOIN keeps pairs that match, LEFT, RIGHT and FULL also the rest
SELECT a.v, b.v FROM (VALUES (1), (2)) a(v) JOIN (VALUES (2), (3)) b(v) ON a.v = b.v
--> 2 | 2
SELECT a.v, b.v FROM (VALUES (1), (2)) a(v) LEFT JOIN (VALUES (2), (3)) b(v) ON a.v = b.v ORDER BY a.v
--> 1 | NULL
--> 2 | 2
SELECT a.v, b.v FROM (VALUES (1), (2)) a(v) RIGHT OUTER JOIN (VALUES (2), (3)) b(v) ON a.v = b.v ORDER BY b.v
--> 2 | 2
--> NULL | 3
SELECT a.v, b.v FROM (VALUES (1), (2)) a(v) FULL JOIN (VALUES (2), (3)) b(v) ON a.v = b.v ORDER BY COALESCE(a.v, b.v)
--> 1 | NULL
--> 2 | 2
--> NULL | 3
SELECT COUNT(*) FROM (VALUES (1), (2)) a(v) CROSS JOIN (VALUES (2), (3), (4)) b(v)
--> 6
SELECT COUNT(*) FROM (VALUES (1), (2)) a(v), (VALUES (2), (3), (4)) b(v) WHERE a.v = b.v
--> 1
-- rule: t-sql/queries/from-transact-sql: NULLs match nothing
SELECT COUNT(*) FROM (VALUES (NULL), (1)) a(v) JOIN (VALUES (NULL), (1)) b(v) ON a.v = b.v
--> 1
-- rule: t-sql/queries/from-transact-sql: ON of a LEFT JOIN does not take rows of the left away, WHERE does
SELECT COUNT(*) FROM (VALUES (1), (2)) a(v) LEFT JOIN (VALUES (1)) b(v) ON a.v = b.v AND a.v = 9
--> 2
SELECT COUNT(*) FROM (VALUES (1), (2)) a(v) LEFT JOIN (VALUES (1)) b(v) ON a.v = b.v WHERE b.v = 1
--> 1
SELECT a.v, b.v, c.v FROM (VALUES (1), (2)) a(v) LEFT JOIN ((VALUES (1), (2)) b(v) JOIN (VALUES (2)) c(v) ON b.v = c.v) ON a.v = b.v ORDER BY a.v
--> 1 | NULL | NULL
--> 2 | 2 | 2
SELECT a.v, b.v, c.v FROM (SELECT 1 AS v UNION ALL SELECT 2) a LEFT JOIN (SELECT 1 AS v UNION ALL SELECT 2) b JOIN (SELECT 2 AS v) c ON b.v = c.v ON a.v = b.v ORDER BY a.v
--> 1 | NULL | NULL
--> 2 | 2 | 2
SELECT COUNT(*) FROM (VALUES (1), (2)) a(v) INNER LOOP JOIN (VALUES (2)) b(v) ON a.v = b.v
--> 1
-- rule: t-sql/queries/from-transact-sql: APPLY runs the right side for each row of the left
SELECT a.v, b.w FROM (VALUES (1), (2), (3)) a(v) CROSS APPLY (SELECT a.v * 10 AS w WHERE a.v > 1) b ORDER BY a.v
--> 2 | 20
--> 3 | 30
SELECT a.v, b.w FROM (VALUES (1), (2)) a(v) OUTER APPLY (SELECT a.v * 10 AS w WHERE a.v > 1) b ORDER BY a.v
--> 1 | NULL
--> 2 | 20
SELECT a.v, s.value FROM (VALUES ('x,y'), ('z')) a(v) CROSS APPLY STRING_SPLIT(a.v, ',') s ORDER BY s.value
--> 'x,y' | 'x'
--> 'x,y' | 'y'
--> 'z' | 'z'
-- rule: t-sql/queries/from-transact-sql: a derived table does not see its neighbours
SELECT * FROM (VALUES (1)) a(v) JOIN (SELECT a.v AS w) b ON 1 = 1
--! 4104 16
SELECT * FROM (SELECT 1 AS a, 2 AS a) t
--! 8156 16
SELECT * FROM (SELECT 1) t
--! 8155 16
SELECT * FROM (SELECT 1 AS a)
--! 102 15
SELECT x.a, x.b FROM (SELECT 1, 2) x(a, b)
--> 1 | 2
SELECT * FROM (SELECT 1, 2) x(a)
--! 8158 16
SELECT * FROM (SELECT 1) x(a, b)
--! 8159 16
SELECT * FROM (SELECT 1 AS a ORDER BY 1) t
--! 1033 15
SELECT * FROM (VALUES (1)) a(v), (VALUES (1)) a(v)
--! 1011
-- rule: t-sql/queries/table-value-constructor-transact-sql: rows of as many values each
SELECT * FROM (VALUES (1, 'a'), (2, NULL)) t(n, s)
--> 1 | 'a'
--> 2 | NULL
SELECT * FROM (VALUES (1, 2), (3)) t(a, b)
--! 10709 16
SELECT v FROM (VALUES (1), (2.5)) t(v)
--= v numeric(11,1)
--> 1.0
--> 2.5

-- rule: t-sql/queries/with-common-table-expression-transact-sql: a query with a name
WITH t AS (SELECT 1 AS a UNION ALL SELECT 2) SELECT SUM(a) FROM t
--> 3
WITH t(x) AS (SELECT 5), u AS (SELECT x + 1 AS y FROM t) SELECT x, y FROM t CROSS JOIN u
--> 5 | 6
WITH n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 5) SELECT COUNT(*), MAX(i) FROM n
--> 5 | 5
-- rule: t-sql/queries/with-common-table-expression-transact-sql: the recursion ends after 100 levels unless told
WITH n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 200) SELECT MAX(i) FROM n
--! 530 16
WITH n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 200) SELECT MAX(i) FROM n OPTION (MAXRECURSION 0)
--> 200
WITH n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 20) SELECT MAX(i) FROM n OPTION (MAXRECURSION 10)
--! 530 16
WITH n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n) SELECT TOP (3) i FROM n
--> 1
--> 2
--> 3
-- rule: t-sql/queries/with-common-table-expression-transact-sql: the columns have the types of the anchor
WITH n AS (SELECT CAST('a' AS varchar(10)) AS s UNION ALL SELECT CAST(s + 'b' AS varchar(10)) FROM n WHERE LEN(s) < 3) SELECT s FROM n
--> 'a'
--> 'ab'
--> 'abb'
WITH t AS (SELECT 1) SELECT * FROM t
--! 8155 16
WITH t AS (SELECT 1 AS a), t AS (SELECT 2 AS a) SELECT * FROM t
--! 239 16
WITH t(a, b) AS (SELECT 1) SELECT * FROM t
--! 8159 16
WITH n AS (SELECT i + 1 AS i FROM n) SELECT * FROM n
--! 252 16

-- rule: t-sql/language-elements/set-operators-union-transact-sql: UNION leaves duplicates out, UNION ALL keeps them
SELECT 1 AS v UNION SELECT 1 UNION SELECT 2 ORDER BY v
--> 1
--> 2
SELECT COUNT(*) FROM (SELECT 1 AS v UNION ALL SELECT 1) t
--> 2
SELECT NULL AS v UNION SELECT NULL
--> NULL
-- rule: t-sql/language-elements/set-operators-union-transact-sql: names from the first query, types of highest precedence
SELECT 1 AS a UNION ALL SELECT 2.5 AS b
--= a numeric(11,1)
--> 1.0
--> 2.5
SELECT 1 UNION ALL SELECT 1, 2
--! 205 16
SELECT 'x' UNION ALL SELECT 1
--! 245 16
SELECT 'ab' AS s UNION ALL SELECT N'abc'
--= s nvarchar(3)
--> 'ab'
--> 'abc'
SELECT 1 AS a ORDER BY a UNION SELECT 2
--! 156 15
SELECT 1 AS a UNION ALL SELECT 2 ORDER BY a + 1
--! 104 16
-- rule: t-sql/language-elements/set-operators-except-and-intersect-transact-sql: distinct rows of the left that the right has not, or has
SELECT v FROM (VALUES (1), (1), (2), (NULL)) t(v) EXCEPT SELECT 2 ORDER BY v
--> NULL
--> 1
SELECT v FROM (VALUES (1), (1), (2), (NULL)) t(v) INTERSECT SELECT v FROM (VALUES (1), (NULL), (3)) u(v) ORDER BY v
--> NULL
--> 1
-- rule: t-sql/language-elements/set-operators-except-and-intersect-transact-sql: INTERSECT before the others, those from left to right
SELECT 1 AS v UNION SELECT 2 INTERSECT SELECT 2 ORDER BY v
--> 1
--> 2
SELECT 1 EXCEPT SELECT 1 UNION SELECT 1
--> 1
SELECT 1 EXCEPT (SELECT 2 UNION SELECT 1)
--.

-- rule: t-sql/queries/select-group-by-transact-sql: one row for each group; NULLs are one group
SELECT g, COUNT(*), SUM(v) FROM (VALUES ('a', 1), ('a', 2), (NULL, 3), (NULL, 4)) t(g, v) GROUP BY g ORDER BY g
--> NULL | 2 | 7
--> 'a' | 2 | 3
SELECT g, v FROM (VALUES (1, 2)) t(g, v) GROUP BY g
--! 8120 16
SELECT SUM(v), v FROM (VALUES (1)) t(v)
--! 8120 16
SELECT g + 1 FROM (VALUES (1)) t(g) GROUP BY g + 1
--> 2
SELECT 1 FROM (VALUES (1)) t(g) GROUP BY 1
--! 164 15
SELECT COUNT(*) FROM (VALUES (1)) t(g) WHERE g = 2 GROUP BY g
--.
SELECT COUNT(*), SUM(g) FROM (VALUES (1)) t(g) WHERE g = 2
--> 0 | NULL
SELECT g FROM (VALUES (1), (1), (2)) t(g) GROUP BY g HAVING COUNT(*) > 1
--> 1
SELECT COUNT(*) FROM (VALUES (1)) t(g) WHERE COUNT(*) > 1
--! 147 15
SELECT SUM(COUNT(*)) FROM (VALUES (1)) t(g)
--! 130 15
-- rule: t-sql/queries/select-group-by-transact-sql: ROLLUP adds sums from right to left, CUBE of every combination
SELECT a, b, SUM(v) FROM (VALUES (1, 1, 10), (1, 2, 20), (2, 1, 30)) t(a, b, v) GROUP BY ROLLUP(a, b) ORDER BY GROUPING(a), a, GROUPING(b), b
--> 1 | 1 | 10
--> 1 | 2 | 20
--> 1 | NULL | 30
--> 2 | 1 | 30
--> 2 | NULL | 30
--> NULL | NULL | 60
SELECT COUNT(*) FROM (SELECT a, b, c FROM (VALUES (1, 1, 1)) t(a, b, c) GROUP BY CUBE(a, b, c)) g
--> 8
SELECT a, b, COUNT(*) FROM (VALUES (1, 1), (1, 2)) t(a, b) GROUP BY GROUPING SETS ((a), (b), ()) ORDER BY GROUPING_ID(a, b), a, b
--> 1 | NULL | 2
--> NULL | 1 | 1
--> NULL | 2 | 1
--> NULL | NULL | 2
SELECT a, b, COUNT(*) FROM (VALUES (1, 1), (1, 2)) t(a, b) GROUP BY a WITH ROLLUP
--! 8120 16
SELECT a, COUNT(*) FROM (VALUES (1), (2)) t(a) GROUP BY a WITH ROLLUP ORDER BY GROUPING(a), a
--> 1 | 1
--> 2 | 1
--> NULL | 2
-- rule: t-sql/functions/grouping-id-transact-sql: the bits of GROUPING of its arguments
SELECT GROUPING(a), GROUPING(b), GROUPING_ID(a, b) FROM (VALUES (1, 1)) t(a, b) GROUP BY CUBE(a, b) ORDER BY 3
--> 0 | 0 | 0
--> 0 | 1 | 1
--> 1 | 0 | 2
--> 1 | 1 | 3

-- rule: t-sql/functions/count-transact-sql: rows, values that are not NULL, different values
SELECT COUNT(*), COUNT(v), COUNT(DISTINCT v) FROM (VALUES (1), (1), (NULL)) t(v)
--> 3 | 2 | 1
SELECT COUNT_BIG(*) AS n FROM (VALUES (1)) t(v)
--= n bigint
--> 1
-- rule: t-sql/functions/sum-transact-sql: int for the small integers, decimal(38, s) for decimals, money and float for theirs
SELECT SUM(CAST(v AS tinyint)) AS a, SUM(CAST(v AS bigint)) AS b, SUM(CAST(v AS decimal(5, 2))) AS c, SUM(CAST(v AS smallmoney)) AS d, SUM(CAST(v AS real)) AS e FROM (VALUES (1), (2)) t(v)
--= a int | b bigint | c numeric(38,2) | d money | e float
--> 3 | 3 | 3.00 | 3.0000 | 3
SELECT SUM(v) FROM (VALUES (2147483647), (1)) t(v)
--! 8115 16
SELECT SUM(v) FROM (VALUES ('a')) t(v)
--! 8117 16
SELECT SUM(CAST(1 AS bit)) FROM (VALUES (1)) t(v)
--! 8117 16
-- rule: t-sql/functions/avg-transact-sql: integers give an integer, decimals at least six decimals
SELECT AVG(v), AVG(CAST(v AS float)) FROM (VALUES (1), (2)) t(v)
--> 1 | 1.5
SELECT AVG(CAST(v AS decimal(5, 2))) AS a FROM (VALUES (1), (2)) t(v)
--= a numeric(38,6)
--> 1.500000
SELECT AVG(v) FROM (VALUES (1), (NULL), (3)) t(v)
--> 2
SELECT MIN(v), MAX(v) FROM (VALUES ('b'), ('A'), (NULL)) t(v)
--> 'A' | 'b'
SELECT MIN(CAST(1 AS bit)) FROM (VALUES (1)) t(v)
--! 8117 16
SELECT SUM(DISTINCT v), AVG(DISTINCT v) FROM (VALUES (1), (1), (3)) t(v)
--> 4 | 2
-- rule: t-sql/functions/stdev-transact-sql: of a sample, NULL for one value; STDEVP of all
SELECT STDEV(v), STDEVP(v), VAR(v), VARP(v) FROM (VALUES (2), (4), (4), (4), (5), (5), (7), (9)) t(v)
--> 2.138089935299395 | 2 | 4.571428571428571 | 4
SELECT STDEV(v), STDEVP(v), VAR(v), VARP(v) FROM (VALUES (5)) t(v)
--> NULL | 0 | NULL | 0
SELECT APPROX_COUNT_DISTINCT(v) FROM (VALUES (1), (1), (2), (NULL)) t(v)
--> 2
-- rule: t-sql/functions/checksum-agg-transact-sql: the order does not matter
SELECT IIF((SELECT CHECKSUM_AGG(v) FROM (VALUES (1), (2)) t(v)) = (SELECT CHECKSUM_AGG(v) FROM (VALUES (2), (1)) t(v)), 'same', 'other')
--> 'same'

-- rule: t-sql/queries/top-transact-sql: so many rows, in the order of ORDER BY
SELECT TOP (2) v FROM (VALUES (3), (1), (2)) t(v) ORDER BY v
--> 1
--> 2
SELECT TOP 1 v FROM (VALUES (3), (1), (2)) t(v) ORDER BY v DESC
--> 3
-- rule: t-sql/queries/top-transact-sql: WITH TIES adds the rows that are equal to the last
SELECT TOP (1) WITH TIES v, w FROM (VALUES (1, 'a'), (1, 'b'), (2, 'c')) t(v, w) ORDER BY v
--> 1 | 'a'
--> 1 | 'b'
SELECT TOP (1) WITH TIES v FROM (VALUES (1)) t(v)
--! 1062
-- rule: t-sql/queries/top-transact-sql: PERCENT rounds up
SELECT COUNT(*) FROM (SELECT TOP (30) PERCENT v FROM (VALUES (1), (2), (3), (4), (5)) t(v) ORDER BY v) x
--> 2
SELECT TOP (101) PERCENT 1
--! 1031 15
SELECT TOP (-1) 1
--! 1060 15
SELECT TOP (0) 1
--.
DECLARE @n bigint = 1; SELECT TOP (@n) v FROM (VALUES (1), (2)) t(v) ORDER BY v
--> 1
SELECT TOP ((SELECT 2)) v FROM (VALUES (1), (2), (3)) t(v) ORDER BY v
--> 1
--> 2
-- rule: t-sql/queries/select-order-by-clause-transact-sql: OFFSET leaves rows out, FETCH limits the rest
SELECT v FROM (VALUES (1), (2), (3), (4)) t(v) ORDER BY v OFFSET 1 ROW FETCH NEXT 2 ROWS ONLY
--> 2
--> 3
SELECT v FROM (VALUES (1), (2), (3)) t(v) ORDER BY v DESC OFFSET 2 ROWS
--> 1
SELECT v FROM (VALUES (1)) t(v) ORDER BY v OFFSET -1 ROWS
--! 10742 15
SELECT v FROM (VALUES (1)) t(v) ORDER BY v OFFSET 0 ROWS FETCH NEXT 0 ROWS ONLY
--! 10744 15
SELECT TOP (1) v FROM (VALUES (1)) t(v) ORDER BY v OFFSET 1 ROWS
--! 10741 15
-- rule: t-sql/queries/select-order-by-clause-transact-sql: by name, alias, place or expression; NULLs are lowest
SELECT v AS x FROM (VALUES (2), (NULL), (1)) t(v) ORDER BY x
--> NULL
--> 1
--> 2
SELECT v FROM (VALUES (2), (1)) t(v) ORDER BY 1
--> 1
--> 2
SELECT v FROM (VALUES (2), (1)) t(v) ORDER BY 2
--! 108 16
SELECT v FROM (VALUES (2), (1)) t(v) ORDER BY -v
--> 2
--> 1
SELECT DISTINCT v FROM (VALUES (2, 1)) t(v, w) ORDER BY w
--! 145 15
SELECT v FROM (VALUES (2, 1)) t(v, w) ORDER BY 'x'
--! 408 16
SELECT v FROM (VALUES (2)) t(v) ORDER BY (SELECT 1)
--> 2
SELECT DISTINCT v FROM (VALUES (2), (1), (2), (NULL), (NULL)) t(v) ORDER BY v
--> NULL
--> 1
--> 2

-- rule: t-sql/queries/select-over-clause-transact-sql: numbers within partitions, in an order
SELECT v, ROW_NUMBER() OVER (ORDER BY v), RANK() OVER (ORDER BY v), DENSE_RANK() OVER (ORDER BY v) FROM (VALUES (1), (1), (2)) t(v) ORDER BY 2
--> 1 | 1 | 1 | 1
--> 1 | 2 | 1 | 1
--> 2 | 3 | 3 | 2
SELECT g, v, ROW_NUMBER() OVER (PARTITION BY g ORDER BY v DESC) FROM (VALUES ('a', 1), ('a', 2), ('b', 3)) t(g, v) ORDER BY g, v
--> 'a' | 1 | 2
--> 'a' | 2 | 1
--> 'b' | 3 | 1
-- rule: t-sql/functions/ntile-transact-sql: groups of sizes that differ by one, the larger ones first
SELECT v, NTILE(2) OVER (ORDER BY v) FROM (VALUES (1), (2), (3)) t(v) ORDER BY v
--> 1 | 1
--> 2 | 1
--> 3 | 2
-- rule: t-sql/queries/select-over-clause-transact-sql: with ORDER BY the frame is RANGE up to the current row and its peers
SELECT v, SUM(v) OVER (ORDER BY v), SUM(v) OVER () FROM (VALUES (1), (1), (2)) t(v) ORDER BY v
--> 1 | 2 | 4
--> 1 | 2 | 4
--> 2 | 4 | 4
SELECT v, SUM(v) OVER (ORDER BY v ROWS UNBOUNDED PRECEDING) FROM (VALUES (1), (2), (3)) t(v) ORDER BY v
--> 1 | 1
--> 2 | 3
--> 3 | 6
SELECT v, SUM(v) OVER (ORDER BY v ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) FROM (VALUES (1), (2), (3)) t(v) ORDER BY v
--> 1 | 3
--> 2 | 6
--> 3 | 5
SELECT v, COUNT(*) OVER (ORDER BY v ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) FROM (VALUES (1), (2), (3)) t(v) ORDER BY v
--> 1 | 3
--> 2 | 2
--> 3 | 1
SELECT v, SUM(v) OVER (ORDER BY v ROWS BETWEEN 2 FOLLOWING AND 3 FOLLOWING) FROM (VALUES (1), (2), (3)) t(v) ORDER BY v
--> 1 | 3
--> 2 | NULL
--> 3 | NULL
SELECT SUM(v) OVER (ORDER BY v RANGE BETWEEN 1 PRECEDING AND CURRENT ROW) FROM (VALUES (1)) t(v)
--! 4194 16
SELECT ROW_NUMBER() OVER () FROM (VALUES (1)) t(v)
--! 4112 15
SELECT v FROM (VALUES (1)) t(v) WHERE ROW_NUMBER() OVER (ORDER BY v) = 1
--! 4108 15
SELECT ROW_NUMBER() FROM (VALUES (1)) t(v)
--! 10753 15
SELECT COUNT(DISTINCT v) OVER () FROM (VALUES (1)) t(v)
--! 10759 15
-- rule: t-sql/functions/lag-transact-sql: a row before the current one, LEAD one behind
SELECT v, LAG(v) OVER (ORDER BY v), LEAD(v, 1, 0) OVER (ORDER BY v), LAG(v, 2, -1) OVER (ORDER BY v) FROM (VALUES (1), (2), (3)) t(v) ORDER BY v
--> 1 | NULL | 2 | -1
--> 2 | 1 | 3 | -1
--> 3 | 2 | 0 | 1
-- rule: t-sql/functions/first-value-transact-sql: of the frame; LAST_VALUE ends at the current row unless told
SELECT v, FIRST_VALUE(v) OVER (ORDER BY v), LAST_VALUE(v) OVER (ORDER BY v), LAST_VALUE(v) OVER (ORDER BY v ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) FROM (VALUES (1), (2)) t(v) ORDER BY v
--> 1 | 1 | 1 | 2
--> 2 | 1 | 2 | 2
-- rule: t-sql/functions/cume-dist-transact-sql: share of the rows up to the value; PERCENT_RANK from 0 to 1
SELECT v, CUME_DIST() OVER (ORDER BY v), PERCENT_RANK() OVER (ORDER BY v) FROM (VALUES (1), (2), (2), (3)) t(v) ORDER BY v
--> 1 | 0.25 | 0
--> 2 | 0.75 | 0.3333333333333333
--> 2 | 0.75 | 0.3333333333333333
--> 3 | 1 | 1

-- rule: t-sql/queries/from-using-pivot-and-unpivot: values of a column become columns
SELECT [a], [b] FROM (SELECT g, v FROM (VALUES ('a', 1), ('a', 2), ('b', 5)) t(g, v)) s PIVOT (SUM(v) FOR g IN ([a], [b])) p
--> 3 | 5
SELECT k, [a], [b] FROM (SELECT k, g, v FROM (VALUES (1, 'a', 1), (2, 'b', 5)) t(k, g, v)) s PIVOT (MAX(v) FOR g IN ([a], [b])) p ORDER BY k
--> 1 | 1 | NULL
--> 2 | NULL | 5
-- rule: t-sql/queries/from-using-pivot-and-unpivot: columns become rows, NULLs are left out
SELECT id, name, v FROM (SELECT 1 AS id, 10 AS a, CAST(NULL AS int) AS b, 30 AS c) t UNPIVOT (v FOR name IN (a, b, c)) u ORDER BY name
--> 1 | 'a' | 10
--> 1 | 'c' | 30

-- rule: t-sql/functions/generate-series-transact-sql: numbers from start to stop in steps
SELECT value FROM GENERATE_SERIES(1, 3)
--> 1
--> 2
--> 3
SELECT value FROM GENERATE_SERIES(5, 1, -2)
--> 5
--> 3
--> 1
SELECT COUNT(*) FROM GENERATE_SERIES(3, 1, 1)
--> 0
SELECT value FROM GENERATE_SERIES(0.0, 0.3, 0.1)
--> 0.0
--> 0.1
--> 0.2
--> 0.3
SELECT value FROM GENERATE_SERIES(1, 3, 0)
--! 4199 16

-- rule: t-sql/queries/select-transact-sql: names that are not there
SELECT * FROM NoSuchTable
--! 208 16
SELECT nope FROM Sales.Customers
--! 207 16
SELECT x.CustomerId FROM Sales.Customers c
--! 4104 16
SELECT v FROM (VALUES (1)) a(v), (VALUES (1)) b(v)
--! 209 16
SELECT x.* FROM (VALUES (1)) a(v)
--! 107 15
SELECT *
--! 263 16
SELECT nope
--! 207 16
-- rule: relational-databases/performance/subqueries: a subquery in an expression gives one value
SELECT (SELECT v FROM (VALUES (1), (2)) t(v))
--! 512 16
SELECT (SELECT 1 WHERE 1 = 0), (SELECT 5)
--> NULL | 5
SELECT (SELECT 1, 2)
--! 116 16
SELECT a.v, (SELECT MAX(b.v) FROM (VALUES (1), (2), (3)) b(v) WHERE b.v < a.v) FROM (VALUES (1), (3)) a(v) ORDER BY a.v
--> 1 | NULL
--> 3 | 2

-- rule: relational-databases/xml/use-raw-mode-with-for-xml: an element for each row
SELECT v AS a, s AS b FROM (VALUES (1, 'x'), (2, NULL)) t(v, s) FOR XML RAW
--> '<row a="1" b="x"/><row a="2"/>'
SELECT v AS a FROM (VALUES (1)) t(v) FOR XML RAW('item'), ROOT('list'), ELEMENTS
--> '<list><item><a>1</a></item></list>'
-- rule: relational-databases/xml/use-path-mode-with-for-xml: names are paths
SELECT 1 AS '@id', 'x' AS 'name/first', 'y' AS 'name/last' FOR XML PATH('p')
--> '<p id="1"><name><first>x</first><last>y</last></name></p>'
SELECT v + ',' FROM (VALUES ('a'), ('b')) t(v) FOR XML PATH('')
--> 'a,b,'
SELECT '<&>' AS t FOR XML PATH('')
--> '<t>&lt;&amp;&gt;</t>'
SELECT CAST((SELECT 1 AS a FOR XML PATH('r'), TYPE) AS nvarchar(50))
--> '<r><a>1</a></r>'
-- rule: relational-databases/json/format-query-results-as-json-with-for-json-sql-server: an array of objects
SELECT v AS a, s AS b FROM (VALUES (1, 'x'), (2, NULL)) t(v, s) FOR JSON PATH
--> '[{"a":1,"b":"x"},{"a":2}]'
SELECT v AS a, s AS b FROM (VALUES (2, NULL)) t(v, s) FOR JSON PATH, INCLUDE_NULL_VALUES, WITHOUT_ARRAY_WRAPPER
--> '{"a":2,"b":null}'
SELECT 1 AS 'a.b', 2 AS 'a.c' FOR JSON PATH, ROOT('r')
--> '{"r":[{"a":{"b":1,"c":2}}]}'
SELECT 1 AS a, (SELECT 2 AS b FOR JSON PATH) AS n FOR JSON PATH
--> '[{"a":1,"n":[{"b":2}]}]'
SELECT t.v FROM (VALUES (1)) t(v) FOR JSON AUTO
--> '[{"v":1}]'
SELECT CAST(1 AS bit) AS a, 1.50 AS b, CAST('2024-01-01' AS date) AS c, 'a"b/c' AS d FOR JSON PATH
--> '[{"a":true,"b":1.50,"c":"2024-01-01","d":"a\"b\/c"}]'
SELECT 1 FOR JSON PATH
--! 13605 16
