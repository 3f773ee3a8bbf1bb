-- rule: t-sql/statements/alter-table-table-constraint-transact-sql: a primary key takes no row twice, and says whose key it is
CREATE TABLE #t (id int CONSTRAINT PK_one PRIMARY KEY); INSERT #t VALUES (1); INSERT #t VALUES (1)
--! 2627 14 1

-- rule: t-sql/statements/alter-table-table-constraint-transact-sql: a primary key takes no NULL
CREATE TABLE #t (id int PRIMARY KEY); INSERT #t VALUES (NULL)
--! 515 16
CREATE TABLE #t (id int NULL PRIMARY KEY)
--! 8111 16
--! 1750 16

-- rule: t-sql/statements/alter-table-table-constraint-transact-sql: a unique constraint takes one NULL
CREATE TABLE #t (id int NULL UNIQUE); INSERT #t VALUES (NULL); INSERT #t VALUES (NULL)
--! 2627 14

-- rule: t-sql/statements/create-index-transact-sql: a unique index gives 2601, a unique constraint 2627
CREATE TABLE #t (id int); CREATE UNIQUE INDEX ix ON #t (id); INSERT #t VALUES (1), (1)
--! 2601 14

-- rule: t-sql/statements/create-index-transact-sql: a unique index can't be made over rows that are alike
CREATE TABLE #t (id int); INSERT #t VALUES (1), (1); CREATE UNIQUE INDEX ix ON #t (id)
--! 1505 16

-- rule: t-sql/statements/create-index-transact-sql: a filtered unique index knows only the rows of its filter
CREATE TABLE #t (id int, d bit); CREATE UNIQUE INDEX ix ON #t (id) WHERE d = 0; INSERT #t VALUES (1, 0), (1, 1), (1, 1); SELECT COUNT(*) FROM #t; INSERT #t VALUES (1, 0)
--> 3
--! 2601 14

-- rule: t-sql/statements/create-index-transact-sql: IGNORE_DUP_KEY leaves the row out and says so
CREATE TABLE #t (id int); CREATE UNIQUE INDEX ix ON #t (id) WITH (IGNORE_DUP_KEY = ON); INSERT #t VALUES (1), (1), (2); SELECT COUNT(*) FROM #t
--> 2
--? Duplicate key was ignored.

-- rule: relational-databases/tables/unique-constraints-and-check-constraints: a check that is false refuses the row, one that is unknown does not
CREATE TABLE #t (n int CHECK (n > 0)); INSERT #t VALUES (1), (NULL); SELECT COUNT(*) FROM #t; INSERT #t VALUES (0)
--> 2
--! 547 16 0

-- rule: relational-databases/tables/unique-constraints-and-check-constraints: a check of the table may compare columns, and updates are checked too
CREATE TABLE #t (a int, b int, CHECK (a < b)); INSERT #t VALUES (1, 2); UPDATE #t SET a = 3
--! 547 16
CREATE TABLE #t (a int, b int, CONSTRAINT ck CHECK (a < b)); INSERT #t VALUES (1, 2); UPDATE #t SET a = 3, b = 4; SELECT a, b FROM #t
--> 3 | 4

-- rule: t-sql/statements/alter-table-transact-sql: a constraint added WITH CHECK looks at the rows there are, WITH NOCHECK does not
CREATE TABLE #t (n int); INSERT #t VALUES (-1); ALTER TABLE #t ADD CONSTRAINT ck CHECK (n > 0)
--! 547 16
CREATE TABLE #t (n int); INSERT #t VALUES (-1); ALTER TABLE #t WITH NOCHECK ADD CONSTRAINT ck CHECK (n > 0); SELECT COUNT(*) FROM #t; INSERT #t VALUES (-2)
--> 1
--! 547 16

-- rule: t-sql/statements/alter-table-transact-sql: NOCHECK CONSTRAINT switches it off, CHECK CONSTRAINT on again
CREATE TABLE #t (n int CONSTRAINT ck CHECK (n > 0)); ALTER TABLE #t NOCHECK CONSTRAINT ck; INSERT #t VALUES (-1); ALTER TABLE #t CHECK CONSTRAINT ck; SELECT COUNT(*) FROM #t; INSERT #t VALUES (-2)
--> 1
--! 547 16

-- rule: t-sql/statements/alter-table-transact-sql: a constraint is dropped by its name
CREATE TABLE #t (n int CONSTRAINT ck CHECK (n > 0)); ALTER TABLE #t DROP CONSTRAINT ck; INSERT #t VALUES (-1); SELECT n FROM #t
--> -1
CREATE TABLE #t (n int); ALTER TABLE #t DROP CONSTRAINT nope
--! 3728 16
--! 3727 16

-- rule: relational-databases/tables/specify-default-values-for-columns: a default stands for a column that is left out, not for NULL
CREATE TABLE #t (id int, n int DEFAULT 7, d date DEFAULT '2026-01-02'); INSERT #t (id) VALUES (1); INSERT #t VALUES (2, NULL, DEFAULT); SELECT id, n, d FROM #t
--> 1 | 7 | 2026-01-02
--> 2 | NULL | 2026-01-02
CREATE TABLE #t (a int DEFAULT 1, b varchar(3) DEFAULT 'x'); INSERT #t DEFAULT VALUES; SELECT a, b FROM #t
--> 1 | 'x'

-- rule: t-sql/statements/alter-table-column-definition-transact-sql: a column that is added takes its default in the rows there are if it may not be NULL, or WITH VALUES
CREATE TABLE #t (id int); INSERT #t VALUES (1); ALTER TABLE #t ADD a int NOT NULL DEFAULT 5; ALTER TABLE #t ADD b int NULL DEFAULT 6; ALTER TABLE #t ADD c int NULL DEFAULT 7 WITH VALUES; SELECT a, b, c FROM #t
--> 5 | NULL | 7
CREATE TABLE #t (id int); INSERT #t VALUES (1); ALTER TABLE #t ADD a int NOT NULL
--! 4901 16

-- rule: t-sql/statements/insert-transact-sql: a column that may not be NULL and has no default must be given
CREATE TABLE #t (a int NOT NULL, b int); INSERT #t (b) VALUES (1)
--! 515 16 2
CREATE TABLE #t (a int NOT NULL); INSERT #t VALUES (1); UPDATE #t SET a = NULL
--! 515 16

-- rule: relational-databases/tables/primary-and-foreign-key-constraints: a foreign key needs its row, NULL refers to none
USE tempdb; CREATE TABLE dbo.parent1 (id int PRIMARY KEY); CREATE TABLE dbo.child1 (id int, p int NULL CONSTRAINT fk1 REFERENCES dbo.parent1 (id)); INSERT dbo.parent1 VALUES (1); INSERT dbo.child1 VALUES (1, 1), (2, NULL); SELECT COUNT(*) FROM dbo.child1; INSERT dbo.child1 VALUES (3, 9); DROP TABLE dbo.child1, dbo.parent1
--> 2
--! 547 16

-- rule: relational-databases/tables/primary-and-foreign-key-constraints: a row that others refer to stays
USE tempdb; CREATE TABLE dbo.parent2 (id int PRIMARY KEY); CREATE TABLE dbo.child2 (p int REFERENCES dbo.parent2); INSERT dbo.parent2 VALUES (1), (2); INSERT dbo.child2 VALUES (1); DELETE dbo.parent2 WHERE id = 2; DELETE dbo.parent2 WHERE id = 1; UPDATE dbo.parent2 SET id = 5; SELECT id FROM dbo.parent2; DROP TABLE dbo.child2, dbo.parent2
--> 1
--! 547 16
--! 547 16

-- rule: relational-databases/tables/primary-and-foreign-key-constraints: CASCADE takes the referring rows along, SET NULL and SET DEFAULT leave them without
USE tempdb; CREATE TABLE dbo.parent3 (id int PRIMARY KEY); CREATE TABLE dbo.child3 (c int, p int REFERENCES dbo.parent3 ON DELETE CASCADE ON UPDATE CASCADE); INSERT dbo.parent3 VALUES (1), (2); INSERT dbo.child3 VALUES (10, 1), (20, 2); UPDATE dbo.parent3 SET id = 3 WHERE id = 2; DELETE dbo.parent3 WHERE id = 1; SELECT c, p FROM dbo.child3; DROP TABLE dbo.child3, dbo.parent3
--> 20 | 3
USE tempdb; CREATE TABLE dbo.parent4 (id int PRIMARY KEY); CREATE TABLE dbo.child4 (c int, p int NULL REFERENCES dbo.parent4 ON DELETE SET NULL); INSERT dbo.parent4 VALUES (1); INSERT dbo.child4 VALUES (10, 1); DELETE dbo.parent4; SELECT c, p FROM dbo.child4; DROP TABLE dbo.child4, dbo.parent4
--> 10 | NULL
USE tempdb; CREATE TABLE dbo.parent5 (id int PRIMARY KEY); CREATE TABLE dbo.child5 (c int, p int DEFAULT 2 REFERENCES dbo.parent5 ON DELETE SET DEFAULT); INSERT dbo.parent5 VALUES (1), (2); INSERT dbo.child5 VALUES (10, 1); DELETE dbo.parent5 WHERE id = 1; SELECT c, p FROM dbo.child5; DROP TABLE dbo.child5, dbo.parent5
--> 10 | 2

-- rule: relational-databases/tables/primary-and-foreign-key-constraints: a key may refer to its own table
USE tempdb; CREATE TABLE dbo.tree1 (id int PRIMARY KEY, up int REFERENCES dbo.tree1); INSERT dbo.tree1 VALUES (1, NULL), (2, 1), (3, 3); SELECT COUNT(*) FROM dbo.tree1; INSERT dbo.tree1 VALUES (4, 5); DELETE dbo.tree1 WHERE id = 1; DROP TABLE dbo.tree1
--> 3
--! 547 16
--! 547 16

-- rule: t-sql/statements/create-table-transact-sql: a foreign key refers to a primary key or a unique one
USE tempdb; CREATE TABLE dbo.parent6 (id int); CREATE TABLE dbo.child6 (p int REFERENCES dbo.parent6 (id)); DROP TABLE dbo.parent6
--! 1776 16
--! 1750 16

-- rule: t-sql/statements/drop-table-transact-sql: a table that a foreign key refers to can't be dropped
USE tempdb; CREATE TABLE dbo.parent7 (id int PRIMARY KEY); CREATE TABLE dbo.child7 (p int REFERENCES dbo.parent7); DROP TABLE dbo.parent7; DROP TABLE dbo.child7, dbo.parent7
--! 3726 16

-- rule: t-sql/statements/truncate-table-transact-sql: a table that a foreign key refers to can't be truncated
USE tempdb; CREATE TABLE dbo.parent8 (id int PRIMARY KEY); CREATE TABLE dbo.child8 (p int REFERENCES dbo.parent8); TRUNCATE TABLE dbo.parent8; DROP TABLE dbo.child8, dbo.parent8
--! 4712 16

-- rule: t-sql/statements/create-table-transact-sql: foreign keys of temporary tables are not kept
CREATE TABLE #p (id int PRIMARY KEY); CREATE TABLE #c (p int REFERENCES #p (id)); INSERT #c VALUES (99); SELECT p FROM #c
--> 99

-- rule: t-sql/statements/create-table-transact-sql: a column that is computed follows the others, and is not written
CREATE TABLE #t (a int, b AS a * 2, c AS a + 1 PERSISTED); INSERT #t (a) VALUES (5); UPDATE #t SET a = 6; SELECT a, b, c FROM #t; INSERT #t (a, b) VALUES (1, 2)
--> 6 | 12 | 7
--! 271 16

-- rule: relational-databases/errors-events/mssqlserver-2628-database-engine-error: text that is too long is refused with the column's name
CREATE TABLE #t (s varchar(3)); INSERT #t VALUES ('abcd')
--! 2628 16
CREATE TABLE #t (s varchar(3)); INSERT #t VALUES ('abc   '); SELECT DATALENGTH(s) FROM #t
--> 3

-- rule: relational-databases/errors-events/mssqlserver-8115-database-engine-error: a number that is too large for the column is an overflow
CREATE TABLE #t (n tinyint); INSERT #t VALUES (256)
--! 220 16
CREATE TABLE #t (n decimal(4, 2)); INSERT #t VALUES (100)
--! 8115 16
