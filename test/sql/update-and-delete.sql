-- rule: t-sql/queries/update-transact-sql: UPDATE changes the rows that WHERE selects
CREATE TABLE #t (a int, b int); INSERT #t VALUES (1, 1), (2, 2); UPDATE #t SET b = b * 10 WHERE a = 2; SELECT a, b FROM #t ORDER BY a
--> 1 | 1
--> 2 | 20

-- rule: t-sql/queries/update-transact-sql: all expressions see the values before the statement
CREATE TABLE #t (a int, b int); INSERT #t VALUES (1, 2); UPDATE #t SET a = b, b = a; SELECT a, b FROM #t
--> 2 | 1

-- rule: t-sql/queries/update-transact-sql: compound operators work on the column's value
CREATE TABLE #t (a int); INSERT #t VALUES (5); UPDATE #t SET a += 3; UPDATE #t SET a *= 2; SELECT a FROM #t
--> 16

-- rule: t-sql/queries/update-transact-sql: FROM joins other tables to the target
CREATE TABLE #t (id int, n varchar(9)); CREATE TABLE #s (id int, n varchar(9)); INSERT #t VALUES (1, 'a'), (2, 'b'); INSERT #s VALUES (2, 'new'); UPDATE x SET n = s.n FROM #t x JOIN #s s ON s.id = x.id; SELECT id, n FROM #t ORDER BY id
--> 1 | 'a'
--> 2 | 'new'

-- rule: t-sql/queries/update-transact-sql: a target that FROM does not name is joined to it
CREATE TABLE #t (id int, n int); CREATE TABLE #s (id int, n int); INSERT #t VALUES (1, 0), (2, 0); INSERT #s VALUES (1, 7); UPDATE #t SET n = #s.n FROM #s WHERE #s.id = #t.id; SELECT id, n FROM #t ORDER BY id
--> 1 | 7
--> 2 | 0

-- rule: t-sql/queries/update-transact-sql: a variable can take the column's new value
DECLARE @v int = 0; CREATE TABLE #t (a int); INSERT #t VALUES (0), (0), (0); UPDATE #t SET @v = a = @v + 1; SELECT SUM(a), @v FROM #t
--> 6 | 3

-- rule: t-sql/queries/update-transact-sql: keys are checked behind the whole statement
CREATE TABLE #t (a int PRIMARY KEY); INSERT #t VALUES (1), (2), (3); UPDATE #t SET a = a + 1; SELECT MIN(a), MAX(a) FROM #t
--> 2 | 4

-- rule: t-sql/queries/update-transact-sql: a failed statement leaves no row changed
CREATE TABLE #t (a int CHECK (a < 10)); INSERT #t VALUES (1), (9); UPDATE #t SET a = a + 1; SELECT SUM(a) FROM #t
--> 10
--! 547

-- rule: t-sql/queries/update-transact-sql: an identity column cannot be updated
CREATE TABLE #t (id int IDENTITY, a int); UPDATE #t SET id = 1
--! 8102

-- rule: t-sql/queries/update-transact-sql: nor can a computed one
CREATE TABLE #t (a int, b AS a + 1); UPDATE #t SET b = 1
--! 271

-- rule: t-sql/queries/update-transact-sql: a column is set once
CREATE TABLE #t (a int); UPDATE #t SET a = 1, a = 2
--! 264

-- rule: t-sql/queries/update-transact-sql: SET column = DEFAULT
CREATE TABLE #t (a int DEFAULT 42, b int); INSERT #t VALUES (1, 1); UPDATE #t SET a = DEFAULT, b = DEFAULT; SELECT a, b FROM #t
--> 42 | NULL

-- rule: t-sql/queries/update-transact-sql: .WRITE changes a part of a (max) column
CREATE TABLE #t (a varchar(max)); INSERT #t VALUES ('hello world'); UPDATE #t SET a.WRITE('there', 6, 5); SELECT a FROM #t; UPDATE #t SET a.WRITE('!', NULL, 0); SELECT a FROM #t
--> 'hello there'
--> 'hello there!'

-- rule: t-sql/queries/update-transact-sql: a common table expression can be the target
CREATE TABLE #t (g int, n int); INSERT #t VALUES (1, 1), (1, 2), (2, 3); WITH x AS (SELECT n, ROW_NUMBER() OVER (PARTITION BY g ORDER BY n) AS r FROM #t) UPDATE x SET n = n + 100 WHERE r > 1; SELECT n FROM #t ORDER BY n
--> 1
--> 3
--> 102

-- rule: t-sql/queries/output-clause-transact-sql: deleted has the row before, inserted the one behind
CREATE TABLE #t (a int); INSERT #t VALUES (1); UPDATE #t SET a = 5 OUTPUT deleted.a, inserted.a
--> 1 | 5

-- rule: t-sql/queries/update-transact-sql: TOP limits the rows that are changed
CREATE TABLE #t (a int); INSERT #t VALUES (1), (1), (1); UPDATE TOP (2) #t SET a = 2; SELECT SUM(a) FROM #t
--> 5

-- rule: t-sql/statements/delete-transact-sql: DELETE removes the rows that WHERE selects
CREATE TABLE #t (a int); INSERT #t VALUES (1), (2), (3); DELETE FROM #t WHERE a > 1; SELECT @@ROWCOUNT; SELECT a FROM #t
--> 2
--> 1

-- rule: t-sql/statements/delete-transact-sql: a second FROM joins other tables
CREATE TABLE #t (a int); CREATE TABLE #s (a int); INSERT #t VALUES (1), (2); INSERT #s VALUES (2); DELETE t FROM #t t JOIN #s s ON s.a = t.a; SELECT a FROM #t
--> 1

-- rule: t-sql/statements/delete-transact-sql: rows of a common table expression are deleted from its table
CREATE TABLE #t (a int); INSERT #t VALUES (1), (1), (2); WITH d AS (SELECT *, ROW_NUMBER() OVER (PARTITION BY a ORDER BY a) AS r FROM #t) DELETE FROM d WHERE r > 1; SELECT a FROM #t ORDER BY a
--> 1
--> 2

-- rule: t-sql/queries/output-clause-transact-sql: DELETE gives what was deleted
CREATE TABLE #t (a int); INSERT #t VALUES (1), (2); DELETE #t OUTPUT deleted.a WHERE a = 2
--> 2

-- rule: t-sql/statements/truncate-table-transact-sql: TRUNCATE removes all rows and resets identity
CREATE TABLE #t (id int IDENTITY(5, 1), a int); INSERT #t VALUES (1), (2); TRUNCATE TABLE #t; INSERT #t VALUES (9); SELECT id, a FROM #t
--> 5 | 9

-- rule: relational-databases/tables/primary-and-foreign-key-constraints: a foreign key needs its row in the other table
USE tempdb; CREATE TABLE p1 (id int PRIMARY KEY); CREATE TABLE c1 (pid int REFERENCES p1 (id)); INSERT p1 VALUES (1); INSERT c1 VALUES (1), (NULL); INSERT c1 VALUES (2)
--! 547 16 0

USE tempdb; DELETE FROM p1 WHERE id = 1
--! 547 16 0

USE tempdb; DROP TABLE c1; DROP TABLE p1
--.

-- rule: relational-databases/tables/primary-and-foreign-key-constraints: ON DELETE CASCADE deletes the rows that refer to it, ON UPDATE CASCADE follows the key
USE tempdb; CREATE TABLE p2 (id int PRIMARY KEY); CREATE TABLE c2 (n int, pid int REFERENCES p2 (id) ON DELETE CASCADE ON UPDATE CASCADE); INSERT p2 VALUES (1), (2); INSERT c2 VALUES (10, 1), (20, 2); UPDATE p2 SET id = 5 WHERE id = 1; SELECT n, pid FROM c2 ORDER BY n; DELETE p2 WHERE id = 2; SELECT n, pid FROM c2; DROP TABLE c2; DROP TABLE p2
--> 10 | 5
--> 20 | 2
--> 10 | 5

-- rule: relational-databases/databases/database-files-and-filegroups: a database that is read-only refuses changes
UPDATE Sales.Orders SET Total = 1
--! 3906

-- rule: t-sql/language-elements/try-catch-transact-sql: an error of a statement goes to CATCH
CREATE TABLE #t (a int PRIMARY KEY); INSERT #t VALUES (1); BEGIN TRY INSERT #t VALUES (1) END TRY BEGIN CATCH SELECT ERROR_NUMBER(), XACT_STATE() END CATCH
--> 2627 | 0
