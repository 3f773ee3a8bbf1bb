-- rule: t-sql/statements/insert-transact-sql: values are given in the order of the table's columns, or of the list
CREATE TABLE #t (a int, b varchar(10)); INSERT INTO #t VALUES (1, 'x'), (2, 'y'); INSERT #t (b, a) VALUES ('z', 3); SELECT a, b FROM #t ORDER BY a
--> 1 | 'x'
--> 2 | 'y'
--> 3 | 'z'

-- rule: t-sql/statements/insert-transact-sql: DEFAULT VALUES fills the row with the defaults of the columns
CREATE TABLE #t (a int DEFAULT 5, b varchar(10) DEFAULT 'none', c int); INSERT #t DEFAULT VALUES; SELECT * FROM #t
--> 5 | 'none' | NULL

-- rule: t-sql/statements/insert-transact-sql: DEFAULT in a list of values takes the column's default
CREATE TABLE #t (a int, b varchar(10) DEFAULT 'none'); INSERT #t VALUES (1, DEFAULT), (2, 'two'); SELECT * FROM #t ORDER BY a
--> 1 | 'none'
--> 2 | 'two'

-- rule: t-sql/statements/insert-transact-sql: rows can come from a query
CREATE TABLE #t (a int, b int); INSERT #t SELECT value, value * value FROM GENERATE_SERIES(1, 3); SELECT a, b FROM #t ORDER BY a
--> 1 | 1
--> 2 | 4
--> 3 | 9

-- rule: t-sql/statements/insert-transact-sql: rows can come from EXECUTE
CREATE TABLE #t (a int, b varchar(5)); INSERT #t EXEC ('SELECT 1, ''one'' UNION ALL SELECT 2, ''two'''); SELECT a, b FROM #t ORDER BY a
--> 1 | 'one'
--> 2 | 'two'

-- rule: t-sql/functions/identity-property: an identity column gets its value from seed and increment
CREATE TABLE #t (id int IDENTITY(10, 5), a int); INSERT #t VALUES (1), (2); SELECT id, a FROM #t ORDER BY id; SELECT SCOPE_IDENTITY(), @@IDENTITY
--> 10 | 1
--> 15 | 2
--> 15 | 15

-- rule: t-sql/statements/set-identity-insert-transact-sql: explicit identity values need SET IDENTITY_INSERT ON
CREATE TABLE #t (id int IDENTITY, a int); INSERT #t (id, a) VALUES (7, 1)
--! 544 16 1

CREATE TABLE #t (id int IDENTITY, a int); SET IDENTITY_INSERT #t ON; INSERT #t (id, a) VALUES (7, 1); SET IDENTITY_INSERT #t OFF; INSERT #t VALUES (2); SELECT id, a FROM #t ORDER BY id
--> 7 | 1
--> 8 | 2

-- rule: t-sql/statements/create-table-transact-sql: NOT NULL columns take no NULL
CREATE TABLE #t (a int NOT NULL); INSERT #t VALUES (NULL)
--? The statement has been terminated.
--! 515 16 2

-- rule: relational-databases/tables/unique-constraints-and-check-constraints: CHECK refuses rows for which it is false, and lets unknown through
CREATE TABLE #t (a int CHECK (a > 0)); INSERT #t VALUES (NULL), (1); SELECT COUNT(*) FROM #t; INSERT #t VALUES (0)
--> 2
--! 547 16 0

-- rule: relational-databases/tables/primary-and-foreign-key-constraints: a primary key has each value once
CREATE TABLE #t (a int PRIMARY KEY); INSERT #t VALUES (1), (2); INSERT #t VALUES (3), (1); SELECT COUNT(*) FROM #t
--> 2
--! 2627 14 1

-- rule: t-sql/statements/insert-transact-sql: a value too long for its column is an error unless only blanks are lost
CREATE TABLE #t (a varchar(3)); INSERT #t VALUES ('abc   '); SELECT a FROM #t; INSERT #t VALUES ('abcd')
--> 'abc'
--! 2628 16 1

-- rule: t-sql/statements/insert-transact-sql: the number of values must be that of the columns
CREATE TABLE #t (a int, b int); INSERT #t VALUES (1)
--! 213

CREATE TABLE #t (a int, b int); INSERT #t (a, b) VALUES (1)
--! 109 15

CREATE TABLE #t (a int, b int); INSERT #t (a) VALUES (1, 2)
--! 110 15

CREATE TABLE #t (a int, b int); INSERT #t (a, b) SELECT 1
--! 120 15

CREATE TABLE #t (a int, b int); INSERT #t (a) SELECT 1, 2
--! 121 15

CREATE TABLE #t (a int); INSERT #t (nope) VALUES (1)
--! 207

INSERT #nope VALUES (1)
--! 208

-- rule: t-sql/queries/output-clause-transact-sql: OUTPUT returns what was inserted
CREATE TABLE #t (id int IDENTITY, a int, twice AS a * 2); INSERT #t (a) OUTPUT inserted.id, inserted.twice, inserted.a + 1 AS next VALUES (4), (5)
--= id | twice | next
--> 1 | 8 | 5
--> 2 | 10 | 6

-- rule: t-sql/queries/output-clause-transact-sql: OUTPUT INTO puts the rows into a table
DECLARE @log TABLE (id int, a int); CREATE TABLE #t (id int IDENTITY, a int); INSERT #t (a) OUTPUT inserted.* INTO @log VALUES (4), (5); SELECT id, a FROM @log ORDER BY id
--> 1 | 4
--> 2 | 5

-- rule: t-sql/data-types/table-transact-sql: a table variable is changed as a table is, and ROLLBACK does not reach it
DECLARE @t TABLE (a int PRIMARY KEY, b varchar(10)); BEGIN TRAN; INSERT @t VALUES (1, 'x'); ROLLBACK; SELECT a, b FROM @t
--> 1 | 'x'

-- rule: t-sql/language-elements/rollback-transaction-transact-sql: what a transaction inserted is gone after ROLLBACK
CREATE TABLE #t (a int); BEGIN TRAN; INSERT #t VALUES (1); ROLLBACK; SELECT COUNT(*) FROM #t
--> 0

-- rule: t-sql/functions/rowcount-transact-sql: @@ROWCOUNT is the number of rows of the last statement
CREATE TABLE #t (a int); INSERT #t VALUES (1), (2), (3); SELECT @@ROWCOUNT
--> 3

-- rule: t-sql/data-types/rowversion-transact-sql: a rowversion column grows with each change
CREATE TABLE #t (a int, v rowversion); INSERT #t (a) VALUES (1); INSERT #t (a) VALUES (2); SELECT CASE WHEN MAX(v) > MIN(v) THEN 1 ELSE 0 END FROM #t
--> 1

-- rule: t-sql/statements/insert-transact-sql: WITH before INSERT names queries
CREATE TABLE #t (a int); WITH x AS (SELECT 1 AS n UNION ALL SELECT 2) INSERT #t SELECT n FROM x; SELECT SUM(a) FROM #t
--> 3

-- rule: t-sql/statements/insert-transact-sql: TOP limits the rows that are inserted
CREATE TABLE #t (a int); INSERT TOP (2) #t SELECT value FROM GENERATE_SERIES(1, 9); SELECT COUNT(*) FROM #t
--> 2

-- rule: t-sql/data-types/ntext-text-and-image-transact-sql: text, ntext and image hold values of any length
USE tempdb
CREATE TABLE long_values (a text, b ntext, c image)
INSERT long_values VALUES (REPLICATE('a', 100), REPLICATE(N'b', 100), CAST(REPLICATE('c', 100) AS varbinary(100)))
SELECT DATALENGTH(a), DATALENGTH(b), DATALENGTH(c) FROM long_values
--> 100 | 200 | 100

-- rule: t-sql/statements/set-ansi-warnings-transact-sql: zeros at the end of a binary value are padding, and may be lost
USE tempdb
CREATE TABLE short_values (a binary(2))
INSERT short_values VALUES (0x01020000)
SELECT a FROM short_values
INSERT short_values VALUES (0x010203)
--> 0x0102
--! 2628
