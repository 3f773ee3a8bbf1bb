-- rule: t-sql/statements/create-view-transact-sql: WITH CHECK OPTION, what is put in through the view has to be seen through it
USE tempdb
CREATE TABLE check_t (id int PRIMARY KEY, n int); INSERT check_t VALUES (1, 10)
GO
CREATE VIEW check_v AS SELECT id, n FROM check_t WHERE n >= 10 WITH CHECK OPTION
GO
INSERT check_v VALUES (2, 20); INSERT check_v VALUES (3, 3)
GO
SELECT id, n FROM check_t ORDER BY id
--> 1 | 10
--> 2 | 20
--! 550 16 1

-- rule: t-sql/statements/create-view-transact-sql: a row cannot be changed so that it leaves the view
USE tempdb
UPDATE check_v SET n = n + 1 WHERE id = 1
UPDATE check_v SET n = 0 WHERE id = 1
SELECT n FROM check_t WHERE id = 1
--> 11
--! 550 16 1

-- rule: t-sql/statements/create-view-transact-sql: with one row that does not qualify no row of the statement is changed
USE tempdb
INSERT check_v VALUES (5, 50), (6, 6)
SELECT COUNT(*) FROM check_t WHERE id IN (5, 6)
--> 0
--! 550

-- rule: t-sql/statements/create-view-transact-sql: it holds for views over the view, and not without it
USE tempdb
GO
CREATE VIEW check_outer AS SELECT id, n FROM check_v WHERE n < 100
GO
CREATE VIEW check_free AS SELECT id, n FROM check_t WHERE n >= 10
GO
INSERT check_outer VALUES (7, 500)
INSERT check_free VALUES (8, 1)
INSERT check_outer VALUES (9, 9)
GO
SELECT id FROM check_t WHERE id > 6 ORDER BY id
--> 7
--> 8
--! 550

-- rule: t-sql/statements/create-view-transact-sql: changes of the table itself are not checked
USE tempdb
UPDATE check_t SET n = 0 WHERE id = 2; SELECT n FROM check_t WHERE id = 2
--> 0
