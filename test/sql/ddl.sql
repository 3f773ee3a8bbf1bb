-- rule: t-sql/statements/create-table-transact-sql: a name is given once
CREATE TABLE #t (id int); CREATE TABLE #t (id int)
--! 2714 16 6
CREATE TABLE #t (id int, ID int)
--! 2705 16

-- rule: t-sql/statements/create-table-transact-sql: a column has a type that exists
CREATE TABLE #t (id nonsense)
--! 2715 16

-- rule: t-sql/statements/create-table-transact-sql: a table has at least one column
CREATE TABLE #t ()
--! 102 15

-- rule: t-sql/statements/create-table-transact-sql: only one primary key and one identity column
CREATE TABLE #t (a int PRIMARY KEY, b int PRIMARY KEY)
--! 8110 16
CREATE TABLE #t (a int IDENTITY, b int IDENTITY)
--! 2744 16

-- rule: t-sql/statements/create-table-transact-sql-identity-property: an identity column is a whole number and not NULL
CREATE TABLE #t (a varchar(10) IDENTITY)
--! 2749 16
CREATE TABLE #t (a int NULL IDENTITY)
--! 8147 16

-- rule: t-sql/statements/drop-table-transact-sql: IF EXISTS makes a missing table no error
DROP TABLE #missing
--! 3701 11 5
DROP TABLE IF EXISTS #missing; SELECT 1
--> 1

-- rule: t-sql/statements/drop-table-transact-sql: several tables are dropped in one statement
CREATE TABLE #a (i int); CREATE TABLE #b (i int); DROP TABLE #a, #b; SELECT OBJECT_ID('tempdb..#a'), OBJECT_ID('tempdb..#b')
--> NULL | NULL

-- rule: t-sql/statements/alter-table-transact-sql: a column is added, changed and dropped
CREATE TABLE #t (a int); ALTER TABLE #t ADD b varchar(5), c date; INSERT #t VALUES (1, 'x', '2026-01-01'); ALTER TABLE #t ALTER COLUMN b nvarchar(20); ALTER TABLE #t DROP COLUMN c; SELECT * FROM #t
--= a int | b nvarchar(20)
--> 1 | 'x'

-- rule: t-sql/statements/alter-table-transact-sql: a column that does not exist can't be changed or dropped
CREATE TABLE #t (a int); ALTER TABLE #t ALTER COLUMN b int
--! 4924 16
CREATE TABLE #t (a int); ALTER TABLE #t DROP COLUMN b
--! 4924 16

-- rule: t-sql/statements/alter-table-transact-sql: a name is a column's once
CREATE TABLE #t (a int); ALTER TABLE #t ADD a int
--! 2705 16

-- rule: t-sql/statements/alter-table-transact-sql: the last column stays
CREATE TABLE #t (a int); ALTER TABLE #t DROP COLUMN a
--! 4923 16

-- rule: t-sql/statements/alter-table-transact-sql: a column that an index or constraint needs can't be dropped
CREATE TABLE #t (a int, b int, CONSTRAINT uq UNIQUE (b)); ALTER TABLE #t DROP COLUMN b
--! 5074 16
--! 4922 16

-- rule: t-sql/statements/alter-table-transact-sql: a change of type converts the rows, or fails as a whole
CREATE TABLE #t (a varchar(10)); INSERT #t VALUES ('1'), ('2'); ALTER TABLE #t ALTER COLUMN a int; SELECT SUM(a) FROM #t
--> 3
CREATE TABLE #t (a varchar(10)); INSERT #t VALUES ('1'), ('x'); ALTER TABLE #t ALTER COLUMN a int
--! 245 16

-- rule: t-sql/statements/alter-table-transact-sql: NOT NULL needs rows without NULL
CREATE TABLE #t (a int NULL); INSERT #t VALUES (NULL); ALTER TABLE #t ALTER COLUMN a int NOT NULL
--! 515 16

-- rule: t-sql/statements/create-index-transact-sql: an index has a name of its own in its table
CREATE TABLE #t (a int); CREATE INDEX ix ON #t (a); CREATE INDEX ix ON #t (a DESC)
--! 1913 16
CREATE TABLE #t (a int); CREATE INDEX ix ON #t (b)
--! 1911 16

-- rule: t-sql/statements/create-index-transact-sql: a table has one clustered index
CREATE TABLE #t (a int PRIMARY KEY, b int); CREATE CLUSTERED INDEX ix ON #t (b)
--! 1902 16

-- rule: t-sql/statements/create-index-transact-sql: DROP_EXISTING makes an index anew
USE tempdb; CREATE TABLE dbo.t_ddl14 (a int, b int); CREATE INDEX ix ON dbo.t_ddl14 (a); CREATE INDEX ix ON dbo.t_ddl14 (b) WITH (DROP_EXISTING = ON); SELECT INDEX_COL('dbo.t_ddl14', 2, 1); DROP TABLE dbo.t_ddl14
--> 'b'

-- rule: t-sql/statements/drop-index-transact-sql: an index is dropped from its table, one of a constraint is not
CREATE TABLE #t (a int); CREATE INDEX ix ON #t (a); DROP INDEX ix ON #t; DROP INDEX IF EXISTS ix ON #t; DROP INDEX ix ON #t
--! 3701 11
CREATE TABLE #t (a int CONSTRAINT pk_x PRIMARY KEY); DROP INDEX pk_x ON #t
--! 3723 16

-- rule: t-sql/statements/create-view-transact-sql: a view shows what its query gives
USE tempdb; EXEC ('CREATE VIEW dbo.v_ddl1 (x, y) AS SELECT 1, N''a'''); SELECT x, y FROM dbo.v_ddl1; DROP VIEW dbo.v_ddl1
--= x int | y nvarchar(1)
--> 1 | 'a'

-- rule: t-sql/statements/create-view-transact-sql: each column of a view has a name
USE tempdb; EXEC ('CREATE VIEW dbo.v_ddl2 AS SELECT 1')
--! 4511 16

-- rule: t-sql/statements/create-view-transact-sql: ORDER BY needs TOP, OFFSET or FOR XML
USE tempdb; EXEC ('CREATE VIEW dbo.v_ddl3 AS SELECT name FROM sys.objects ORDER BY name')
--! 1033 15

-- rule: t-sql/statements/create-view-transact-sql: CREATE VIEW stands first in its batch
USE tempdb; SELECT 1; CREATE VIEW dbo.v_ddl4 AS SELECT 1 AS a
--! 111 15

-- rule: t-sql/statements/create-view-transact-sql: CREATE OR ALTER makes it or changes it
USE tempdb; EXEC ('CREATE OR ALTER VIEW dbo.v_ddl5 AS SELECT 1 AS a'); EXEC ('CREATE OR ALTER VIEW dbo.v_ddl5 AS SELECT 2 AS a'); SELECT a FROM dbo.v_ddl5; DROP VIEW dbo.v_ddl5
--> 2

-- rule: t-sql/statements/alter-view-transact-sql: only a view that exists is altered
USE tempdb; EXEC ('ALTER VIEW dbo.v_missing AS SELECT 1 AS a')
--! 208 16 6

-- rule: t-sql/statements/drop-view-transact-sql: what is no view is not dropped as one
USE tempdb; DROP VIEW dbo.v_missing
--! 3701 11
USE tempdb; CREATE TABLE dbo.t_ddl6 (a int); DROP VIEW dbo.t_ddl6; DROP TABLE dbo.t_ddl6
--! 3705 16

-- rule: t-sql/statements/create-schema-transact-sql: a schema holds objects, and goes when it is empty
USE tempdb; EXEC ('CREATE SCHEMA s_ddl'); CREATE TABLE s_ddl.t (a int); INSERT s_ddl.t VALUES (3); SELECT a FROM s_ddl.t; DROP SCHEMA s_ddl; DROP TABLE s_ddl.t; DROP SCHEMA s_ddl; SELECT SCHEMA_ID('s_ddl')
--> 3
--> NULL
--! 3729 16

-- rule: t-sql/statements/create-synonym-transact-sql: a synonym stands for a table of another name
USE tempdb; CREATE TABLE dbo.t_ddl7 (a int); INSERT dbo.t_ddl7 VALUES (4); CREATE SYNONYM dbo.s_ddl7 FOR dbo.t_ddl7; SELECT a FROM dbo.s_ddl7; DROP SYNONYM dbo.s_ddl7; DROP TABLE dbo.t_ddl7
--> 4

-- rule: t-sql/statements/create-type-transact-sql: an alias type is one of the system's under another name
USE tempdb; CREATE TYPE dbo.ty_ddl8 FROM varchar(4) NOT NULL
GO
DECLARE @v dbo.ty_ddl8 = 'abcdef'; SELECT @v; DROP TYPE dbo.ty_ddl8
--> 'abcd'

-- rule: t-sql/statements/create-sequence-transact-sql: a sequence counts from START WITH by INCREMENT BY
USE tempdb; CREATE SEQUENCE dbo.sq_ddl9 AS int START WITH 10 INCREMENT BY 5; SELECT NEXT VALUE FOR dbo.sq_ddl9; SELECT NEXT VALUE FOR dbo.sq_ddl9; ALTER SEQUENCE dbo.sq_ddl9 RESTART WITH 1; SELECT NEXT VALUE FOR dbo.sq_ddl9; DROP SEQUENCE dbo.sq_ddl9
--> 10
--> 15
--> 1

-- rule: t-sql/statements/create-sequence-transact-sql: without CYCLE a sequence ends at its maximum
USE tempdb; CREATE SEQUENCE dbo.sq_ddl10 AS tinyint START WITH 255; SELECT NEXT VALUE FOR dbo.sq_ddl10; SELECT NEXT VALUE FOR dbo.sq_ddl10; DROP SEQUENCE dbo.sq_ddl10
--> 255
--! 11728 16
USE tempdb; CREATE SEQUENCE dbo.sq_ddl11 AS int START WITH 2 MINVALUE 1 MAXVALUE 3 CYCLE; SELECT NEXT VALUE FOR dbo.sq_ddl11 FROM (VALUES (1), (2), (3)) t(a); DROP SEQUENCE dbo.sq_ddl11
--> 2
--> 3
--> 1

-- rule: t-sql/statements/set-identity-insert-transact-sql: a value for an identity column needs IDENTITY_INSERT and a column list
CREATE TABLE #t (id int IDENTITY, n int); INSERT #t (id, n) VALUES (5, 1)
--! 544 16
CREATE TABLE #t (id int IDENTITY, n int); SET IDENTITY_INSERT #t ON; INSERT #t (id, n) VALUES (5, 1); SET IDENTITY_INSERT #t OFF; INSERT #t (n) VALUES (2); SELECT id, n FROM #t
--> 5 | 1
--> 6 | 2
CREATE TABLE #t (id int IDENTITY, n int); SET IDENTITY_INSERT #t ON; INSERT #t (n) VALUES (1)
--! 545 16

-- rule: t-sql/functions/scope-identity-transact-sql: SCOPE_IDENTITY, @@IDENTITY and IDENT_CURRENT tell the number given last
CREATE TABLE #t (id int IDENTITY(10, 5), n int); INSERT #t (n) VALUES (1), (2); SELECT SCOPE_IDENTITY(), @@IDENTITY, IDENT_CURRENT('tempdb..#t'), IDENT_SEED('tempdb..#t'), IDENT_INCR('tempdb..#t')
--> 15 | 15 | 15 | 10 | 5

-- rule: t-sql/database-console-commands/dbcc-checkident-transact-sql: RESEED sets the number that the next one follows
CREATE TABLE #t (id int IDENTITY, n int); INSERT #t (n) VALUES (1); DBCC CHECKIDENT ('#t', RESEED, 100) WITH NO_INFOMSGS; INSERT #t (n) VALUES (2); SELECT MAX(id) FROM #t
--> 101

-- rule: t-sql/statements/truncate-table-transact-sql: the identity starts again, with DELETE it goes on
CREATE TABLE #t (id int IDENTITY, n int); INSERT #t (n) VALUES (1), (2); DELETE #t; INSERT #t (n) VALUES (3); SELECT id FROM #t; TRUNCATE TABLE #t; INSERT #t (n) VALUES (4); SELECT id FROM #t
--> 3
--> 1

-- rule: t-sql/data-types/rowversion-transact-sql: a rowversion changes with its row and can't be written
CREATE TABLE #t (id int, v rowversion); INSERT #t (id) VALUES (1); DECLARE @v binary(8) = (SELECT v FROM #t); UPDATE #t SET id = 2; SELECT CASE WHEN v > @v THEN 'later' END, DATALENGTH(v) FROM #t
--> 'later' | 8

-- rule: relational-databases/system-stored-procedures/sp-rename-transact-sql: a table and a column take other names
USE tempdb; CREATE TABLE dbo.t_ddl12 (a int); INSERT dbo.t_ddl12 VALUES (1); EXEC sp_rename 'dbo.t_ddl12.a', 'b', 'COLUMN'; EXEC sp_rename 'dbo.t_ddl12', 't_ddl13'; SELECT b FROM dbo.t_ddl13; DROP TABLE dbo.t_ddl13
--> 1

-- rule: t-sql/statements/create-procedure-transact-sql: an object that is missing is found out when the procedure runs
CREATE PROCEDURE #p AS SELECT * FROM dbo.no_such_table
GO
EXEC #p
--! 208 16

-- rule: t-sql/statements/drop-procedure-transact-sql: what is dropped is gone
CREATE PROCEDURE #p AS SELECT 1
GO
DROP PROCEDURE #p
GO
EXEC #p
--! 2812 16 62

-- rule: t-sql/statements/create-table-transact-sql: a table of a session is not seen by another name space, and ends with its procedure
CREATE PROCEDURE #p AS CREATE TABLE #inner (a int); INSERT #inner VALUES (1); SELECT a FROM #inner
GO
EXEC #p; SELECT OBJECT_ID('tempdb..#inner')
--> 1
--> NULL

-- rule: t-sql/statements/create-table-transact-sql: files that are served read-only take no DDL
CREATE TABLE dbo.new_table (a int)
--! 3906 16
