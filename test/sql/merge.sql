-- rule: t-sql/statements/merge-transact-sql: rows are inserted, updated and deleted as they match
CREATE TABLE #t (id int PRIMARY KEY, n varchar(9)); INSERT #t VALUES (1, 'one'), (2, 'two'), (3, 'three'); MERGE #t AS t USING (VALUES (2, 'zwei'), (4, 'vier')) AS s (id, n) ON t.id = s.id WHEN MATCHED THEN UPDATE SET n = s.n WHEN NOT MATCHED THEN INSERT (id, n) VALUES (s.id, s.n) WHEN NOT MATCHED BY SOURCE THEN DELETE; SELECT id, n FROM #t ORDER BY id
--> 2 | 'zwei'
--> 4 | 'vier'

-- rule: t-sql/statements/merge-transact-sql: the first WHEN whose condition holds decides
CREATE TABLE #t (id int, n int); INSERT #t VALUES (1, 5), (2, 50); MERGE #t t USING (VALUES (1), (2)) s (id) ON s.id = t.id WHEN MATCHED AND t.n > 10 THEN DELETE WHEN MATCHED THEN UPDATE SET n += 1; SELECT id, n FROM #t
--> 1 | 6

-- rule: t-sql/statements/merge-transact-sql: a row of the target is changed once
CREATE TABLE #t (id int, n int); INSERT #t VALUES (1, 0); MERGE #t t USING (VALUES (1, 1), (1, 2)) s (id, n) ON s.id = t.id WHEN MATCHED THEN UPDATE SET n = s.n;
--! 8672

-- rule: t-sql/statements/merge-transact-sql: a semicolon ends the statement
CREATE TABLE #t (id int); MERGE #t t USING (VALUES (1)) s (id) ON s.id = t.id WHEN NOT MATCHED THEN INSERT VALUES (s.id)
--! 10713 15

-- rule: t-sql/queries/output-clause-transact-sql: $action says what happened to each row
CREATE TABLE #t (id int, n int); INSERT #t VALUES (1, 10), (3, 30); MERGE #t t USING (VALUES (1, 11), (2, 22)) s (id, n) ON s.id = t.id WHEN MATCHED THEN UPDATE SET n = s.n WHEN NOT MATCHED THEN INSERT VALUES (s.id, s.n) WHEN NOT MATCHED BY SOURCE THEN DELETE OUTPUT $action, deleted.id, deleted.n, inserted.id, inserted.n, s.n;
--> 'UPDATE' | 1 | 10 | 1 | 11 | 11
--> 'INSERT' | NULL | NULL | 2 | 22 | 22
--> 'DELETE' | 3 | 30 | NULL | NULL | NULL

-- rule: t-sql/functions/rowcount-transact-sql: @@ROWCOUNT counts all rows MERGE changed
CREATE TABLE #t (id int); MERGE #t t USING (VALUES (1), (2)) s (id) ON s.id = t.id WHEN NOT MATCHED THEN INSERT VALUES (s.id); SELECT @@ROWCOUNT
--> 2

-- rule: t-sql/statements/merge-transact-sql: the source can be a table, and the target a table variable
DECLARE @t TABLE (id int, total int DEFAULT 0); CREATE TABLE #s (id int); INSERT #s VALUES (1), (2); MERGE INTO @t AS t USING #s ON #s.id = t.id WHEN NOT MATCHED BY TARGET THEN INSERT (id) VALUES (#s.id); SELECT id, total FROM @t ORDER BY id
--> 1 | 0
--> 2 | 0
