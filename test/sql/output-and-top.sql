-- rule: t-sql/queries/output-clause-transact-sql: INSERT tells its rows with what the engine filled in
CREATE TABLE #t (id int IDENTITY, n int, d int DEFAULT 9); INSERT #t (n) OUTPUT inserted.id, inserted.n, inserted.d VALUES (5), (6)
--> 1 | 5 | 9
--> 2 | 6 | 9

-- rule: t-sql/queries/output-clause-transact-sql: UPDATE tells what was and what is
CREATE TABLE #t (id int, n int); INSERT #t VALUES (1, 10), (2, 20); UPDATE #t SET n += 1 OUTPUT deleted.n, inserted.n WHERE id = 2
--> 20 | 21

-- rule: t-sql/queries/output-clause-transact-sql: DELETE tells what was
CREATE TABLE #t (id int, n int); INSERT #t VALUES (1, 10), (2, 20); DELETE #t OUTPUT deleted.* WHERE id = 1; SELECT COUNT(*) FROM #t
--> 1 | 10
--> 1

-- rule: t-sql/queries/output-clause-transact-sql: INTO puts the rows in a table, and the client sees none
CREATE TABLE #t (id int); DECLARE @log TABLE (id int, what varchar(9)); INSERT #t OUTPUT inserted.id, 'new' INTO @log VALUES (1), (2); SELECT id, what FROM @log
--> 1 | 'new'
--> 2 | 'new'

-- rule: t-sql/queries/output-clause-transact-sql: INSERT has no deleted, DELETE no inserted
CREATE TABLE #t (id int); INSERT #t OUTPUT deleted.id VALUES (1)
--! 4104 16
CREATE TABLE #t (id int); DELETE #t OUTPUT inserted.id
--! 4104 16

-- rule: t-sql/queries/top-transact-sql: TOP with DELETE and UPDATE takes so many rows
CREATE TABLE #t (id int); INSERT #t VALUES (1), (2), (3); DELETE TOP (2) FROM #t; SELECT COUNT(*) FROM #t
--> 1
CREATE TABLE #t (id int, n int DEFAULT 0); INSERT #t (id) VALUES (1), (2), (3); UPDATE TOP (1) #t SET n = 1; SELECT SUM(n) FROM #t
--> 1
CREATE TABLE #t (id int); INSERT TOP (2) #t SELECT v FROM (VALUES (1), (2), (3)) t(v); SELECT COUNT(*) FROM #t
--> 2

-- rule: t-sql/queries/top-transact-sql: WITH TIES gives the rows that are equal to the last one as well
SELECT TOP (2) WITH TIES v FROM (VALUES (1), (2), (2), (3)) t(v) ORDER BY v
--> 1
--> 2
--> 2
SELECT TOP (1) WITH TIES v FROM (VALUES (1)) t(v)
--! 1062

-- rule: t-sql/queries/top-transact-sql: PERCENT rounds up to whole rows
SELECT TOP (50) PERCENT v FROM (VALUES (1), (2), (3)) t(v) ORDER BY v
--> 1
--> 2
SELECT TOP (0) PERCENT v FROM (VALUES (1)) t(v)
--.

-- rule: t-sql/queries/top-transact-sql: the number can be an expression, and is not negative
DECLARE @n int = 1; SELECT TOP (@n + 1) v FROM (VALUES (1), (2), (3)) t(v) ORDER BY v DESC
--> 3
--> 2
SELECT TOP (-1) v FROM (VALUES (1)) t(v)
--! 1060 15
SELECT TOP (101) PERCENT v FROM (VALUES (1)) t(v)
--! 1031 15

-- rule: t-sql/queries/select-order-by-clause-transact-sql: OFFSET passes over rows, FETCH takes so many of those behind
SELECT v FROM (VALUES (1), (2), (3), (4)) t(v) ORDER BY v OFFSET 1 ROWS FETCH NEXT 2 ROWS ONLY
--> 2
--> 3
SELECT v FROM (VALUES (1), (2), (3)) t(v) ORDER BY v OFFSET 2 ROWS
--> 3
SELECT v FROM (VALUES (1)) t(v) ORDER BY v OFFSET -1 ROWS
--! 10742 15
SELECT v FROM (VALUES (1)) t(v) ORDER BY v OFFSET 0 ROWS FETCH NEXT 0 ROWS ONLY
--! 10744 15

-- rule: t-sql/queries/select-order-by-clause-transact-sql: TOP and OFFSET don't stand together
SELECT TOP (1) v FROM (VALUES (1)) t(v) ORDER BY v OFFSET 1 ROWS
--! 10741 15

-- rule: t-sql/queries/select-order-by-clause-transact-sql: NULL comes first, the last with DESC
SELECT v FROM (VALUES (2), (NULL), (1)) t(v) ORDER BY v
--> NULL
--> 1
--> 2
SELECT v FROM (VALUES (2), (NULL), (1)) t(v) ORDER BY v DESC
--> 2
--> 1
--> NULL

-- rule: t-sql/queries/select-order-by-clause-transact-sql: a column is named by its place or its alias too
SELECT v AS a, -v AS b FROM (VALUES (1), (2)) t(v) ORDER BY 2
--> 2 | -2
--> 1 | -1
SELECT -v AS b FROM (VALUES (1), (2)) t(v) ORDER BY b
--> -2
--> -1
SELECT v FROM (VALUES (1)) t(v) ORDER BY 2
--! 108 16

-- rule: t-sql/queries/select-order-by-clause-transact-sql: with DISTINCT what orders is among what is selected
SELECT DISTINCT a FROM (VALUES (1, 2)) t(a, b) ORDER BY b
--! 145 15

-- rule: t-sql/functions/generate-series-transact-sql: from the first number to the last in steps, down when the last is less
SELECT value FROM GENERATE_SERIES(1, 3)
--> 1
--> 2
--> 3
SELECT value FROM GENERATE_SERIES(3, 1)
--> 3
--> 2
--> 1
SELECT value FROM GENERATE_SERIES(0, 10, 5)
--> 0
--> 5
--> 10
SELECT COUNT(*) FROM GENERATE_SERIES(1, 10, -1)
--> 0
SELECT value FROM GENERATE_SERIES(1, 5, 0)
--! 4199 16
