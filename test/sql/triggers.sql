-- rule: t-sql/statements/create-trigger-transact-sql: an AFTER INSERT trigger sees the new rows in inserted
USE tempdb
CREATE TABLE tr1 (a int); CREATE TABLE tr1_log (n int, total int)
GO
CREATE TRIGGER tr1_i ON tr1 AFTER INSERT AS INSERT tr1_log SELECT COUNT(*), SUM(a) FROM inserted
GO
INSERT tr1 VALUES (1), (2), (4); SELECT n, total FROM tr1_log
--> 3 | 7

-- rule: relational-databases/triggers/use-the-inserted-and-deleted-tables: an UPDATE has its rows as they were in deleted and as they are in inserted
USE tempdb
CREATE TABLE tr2 (id int, a int); INSERT tr2 VALUES (1, 10), (2, 20); CREATE TABLE tr2_log (id int, was int, is_now int)
GO
CREATE TRIGGER tr2_u ON tr2 AFTER UPDATE AS INSERT tr2_log SELECT d.id, d.a, i.a FROM deleted d JOIN inserted i ON i.id = d.id
GO
UPDATE tr2 SET a = a + 1; SELECT id, was, is_now FROM tr2_log ORDER BY id
--> 1 | 10 | 11
--> 2 | 20 | 21

-- rule: relational-databases/triggers/use-the-inserted-and-deleted-tables: a DELETE leaves inserted empty
USE tempdb
CREATE TABLE tr3 (id int); INSERT tr3 VALUES (1), (2); CREATE TABLE tr3_log (gone int, added int)
GO
CREATE TRIGGER tr3_d ON tr3 FOR DELETE AS INSERT tr3_log SELECT (SELECT COUNT(*) FROM deleted), (SELECT COUNT(*) FROM inserted)
GO
DELETE tr3 WHERE id = 2; SELECT gone, added FROM tr3_log
--> 1 | 0

-- rule: t-sql/statements/create-trigger-transact-sql: DML triggers fire whether or not rows are affected
USE tempdb
CREATE TABLE tr4 (a int); CREATE TABLE tr4_log (n int)
GO
CREATE TRIGGER tr4_all ON tr4 AFTER INSERT, UPDATE, DELETE AS INSERT tr4_log SELECT COUNT(*) FROM inserted
GO
INSERT tr4 SELECT 1 WHERE 1 = 0; UPDATE tr4 SET a = 1; DELETE tr4; SELECT n FROM tr4_log
--> 0
--> 0
--> 0

-- rule: t-sql/statements/create-trigger-transact-sql: FOR is AFTER, and one trigger can be for several statements
USE tempdb
CREATE TABLE tr5 (a int); CREATE TABLE tr5_log (i int, d int)
GO
CREATE TRIGGER tr5_all ON tr5 FOR INSERT, UPDATE, DELETE AS INSERT tr5_log SELECT (SELECT COUNT(*) FROM inserted), (SELECT COUNT(*) FROM deleted)
GO
INSERT tr5 VALUES (1), (2); UPDATE tr5 SET a = 3 WHERE a = 2; DELETE tr5; SELECT i, d FROM tr5_log
--> 2 | 0
--> 1 | 1
--> 0 | 2

-- rule: t-sql/statements/create-trigger-transact-sql: a table can have several AFTER triggers for the same statement
USE tempdb
CREATE TABLE tr6 (a int); CREATE TABLE tr6_log (name varchar(10))
GO
CREATE TRIGGER tr6_a ON tr6 AFTER INSERT AS INSERT tr6_log VALUES ('a')
GO
CREATE TRIGGER tr6_b ON tr6 AFTER INSERT AS INSERT tr6_log VALUES ('b')
GO
INSERT tr6 VALUES (1); SELECT name FROM tr6_log ORDER BY name
--> 'a'
--> 'b'

-- rule: t-sql/functions/update-trigger-functions-transact-sql: UPDATE(column) is true for the columns that SET names, changed or not
USE tempdb
CREATE TABLE tr7 (a int, b int, c int); INSERT tr7 VALUES (1, 2, 3); CREATE TABLE tr7_log (name varchar(10))
GO
CREATE TRIGGER tr7_u ON tr7 AFTER UPDATE AS
IF UPDATE(a) INSERT tr7_log VALUES ('a')
IF UPDATE(b) INSERT tr7_log VALUES ('b')
IF UPDATE(a) AND NOT UPDATE(c) INSERT tr7_log VALUES ('a not c')
GO
UPDATE tr7 SET a = a; SELECT name FROM tr7_log
--> 'a'
--> 'a not c'

-- rule: t-sql/functions/update-trigger-functions-transact-sql: for INSERT it is true for every column
USE tempdb
CREATE TABLE tr8 (a int, b int); CREATE TABLE tr8_log (name varchar(10))
GO
CREATE TRIGGER tr8_i ON tr8 AFTER INSERT AS IF UPDATE(a) AND UPDATE(b) INSERT tr8_log VALUES ('both')
GO
INSERT tr8 (a) VALUES (1); SELECT name FROM tr8_log
--> 'both'

-- rule: t-sql/functions/update-trigger-functions-transact-sql: a column that is not there is an error
USE tempdb
CREATE TABLE tr9 (a int)
GO
CREATE TRIGGER tr9_i ON tr9 AFTER INSERT AS IF UPDATE(zz) PRINT 'no'
GO
INSERT tr9 VALUES (1)
--! 207

-- rule: t-sql/functions/columns-updated-transact-sql: a bit for each column, the first the lowest of the leftmost byte
USE tempdb
CREATE TABLE tr10 (c1 int, c2 int, c3 int, c4 int, c5 int, c6 int, c7 int, c8 int, c9 int); INSERT tr10 (c1) VALUES (1); CREATE TABLE tr10_log (bits varbinary(8))
GO
CREATE TRIGGER tr10_u ON tr10 AFTER UPDATE AS INSERT tr10_log VALUES (COLUMNS_UPDATED())
GO
UPDATE tr10 SET c1 = 1, c3 = 1; UPDATE tr10 SET c9 = 1, c8 = 1; SELECT bits FROM tr10_log
--> 0x0500
--> 0x8001

-- rule: t-sql/functions/columns-updated-transact-sql: for INSERT all of them
USE tempdb
CREATE TABLE tr11 (a int, b int, c int); CREATE TABLE tr11_log (bits int)
GO
CREATE TRIGGER tr11_i ON tr11 AFTER INSERT AS INSERT tr11_log VALUES (COLUMNS_UPDATED() & 7)
GO
INSERT tr11 (b) VALUES (1); SELECT bits FROM tr11_log
--> 7

-- rule: t-sql/functions/rowcount-transact-sql: a trigger begins with the count of the statement that fired it
USE tempdb
CREATE TABLE tr12 (a int); CREATE TABLE tr12_log (n int)
GO
CREATE TRIGGER tr12_i ON tr12 AFTER INSERT AS INSERT tr12_log VALUES (@@ROWCOUNT)
GO
INSERT tr12 VALUES (1), (2); SELECT @@ROWCOUNT; SELECT n FROM tr12_log
--> 2
--> 2

-- rule: t-sql/functions/rowcount-transact-sql: what the trigger does to the count is gone when it ends
USE tempdb
CREATE TABLE tr13 (a int)
GO
CREATE TRIGGER tr13_i ON tr13 AFTER INSERT AS SET NOCOUNT ON; DECLARE @n int; SELECT @n = COUNT(*) FROM sys.types; SELECT TOP 5 @n = 1 FROM sys.types
GO
INSERT tr13 VALUES (1), (2), (3); SELECT @@ROWCOUNT
--> 3

-- rule: t-sql/functions/nestlevel-transact-sql: the level is one more in a trigger
USE tempdb
CREATE TABLE tr14 (a int); CREATE TABLE tr14_log (n int)
GO
CREATE TRIGGER tr14_i ON tr14 AFTER INSERT AS INSERT tr14_log VALUES (@@NESTLEVEL)
GO
CREATE PROCEDURE tr14_p AS INSERT tr14 VALUES (1)
GO
INSERT tr14 VALUES (1); EXEC tr14_p; SELECT n FROM tr14_log
--> 1
--> 2

-- rule: t-sql/functions/trancount-transact-sql: a trigger is in the transaction of its statement
USE tempdb
CREATE TABLE tr15 (a int); CREATE TABLE tr15_log (n int)
GO
CREATE TRIGGER tr15_i ON tr15 AFTER INSERT AS INSERT tr15_log VALUES (0); UPDATE tr15_log SET n = @@TRANCOUNT WHERE n = 0
GO
INSERT tr15 VALUES (1); SELECT n, @@TRANCOUNT FROM tr15_log
--> 1 | 0

-- rule: t-sql/functions/trigger-nestlevel-transact-sql: without arguments all triggers on the stack are counted
USE tempdb
CREATE TABLE tr16 (a int); CREATE TABLE tr16_b (a int); CREATE TABLE tr16_log (name varchar(9), n int, own int)
GO
CREATE TRIGGER tr16_i ON tr16 AFTER INSERT AS INSERT tr16_log VALUES ('outer', TRIGGER_NESTLEVEL(), TRIGGER_NESTLEVEL(@@PROCID)); INSERT tr16_b VALUES (1)
GO
CREATE TRIGGER tr16_bi ON tr16_b AFTER INSERT AS INSERT tr16_log VALUES ('inner', TRIGGER_NESTLEVEL(), TRIGGER_NESTLEVEL(OBJECT_ID('tr16_i')))
GO
INSERT tr16 VALUES (1); SELECT name, n, own FROM tr16_log; SELECT TRIGGER_NESTLEVEL()
--> 'outer' | 1 | 1
--> 'inner' | 2 | 1
--> 0

-- rule: t-sql/functions/trigger-nestlevel-transact-sql: the kind of trigger can be asked for
USE tempdb
CREATE TABLE tr17 (a int)
GO
CREATE TRIGGER tr17_i ON tr17 INSTEAD OF INSERT AS SELECT TRIGGER_NESTLEVEL(@@PROCID, 'IOT', 'DML'), TRIGGER_NESTLEVEL(@@PROCID, 'AFTER', 'DML')
GO
INSERT tr17 VALUES (1)
--> 1 | 0

-- rule: t-sql/statements/create-trigger-transact-sql: results of a SELECT in a trigger go to the client
USE tempdb
CREATE TABLE tr18 (a int)
GO
CREATE TRIGGER tr18_i ON tr18 AFTER INSERT AS SELECT a * 2 AS twice FROM inserted
GO
INSERT tr18 VALUES (21)
--= twice
--> 42

-- rule: t-sql/language-elements/rollback-transaction-transact-sql: ROLLBACK in a trigger undoes its statement and ends the batch
USE tempdb
CREATE TABLE tr19 (a int)
GO
CREATE TRIGGER tr19_i ON tr19 AFTER INSERT AS IF EXISTS (SELECT 1 FROM inserted WHERE a < 0) ROLLBACK TRANSACTION
GO
INSERT tr19 VALUES (1); INSERT tr19 VALUES (-1); SELECT 'not reached'
GO
SELECT a FROM tr19
--> 1
--! 3609 16 1

-- rule: t-sql/language-elements/rollback-transaction-transact-sql: all of the transaction is rolled back, not only what the trigger saw
USE tempdb
CREATE TABLE tr20 (a int); CREATE TABLE tr20_b (a int)
GO
CREATE TRIGGER tr20_i ON tr20 AFTER INSERT AS ROLLBACK
GO
BEGIN TRAN; INSERT tr20_b VALUES (1); INSERT tr20 VALUES (1)
GO
SELECT COUNT(*), @@TRANCOUNT FROM tr20_b
--> 0 | 0
--! 3609

-- rule: t-sql/language-elements/rollback-transaction-transact-sql: statements of the trigger after the ROLLBACK are executed and stay
USE tempdb
CREATE TABLE tr21 (a int); CREATE TABLE tr21_log (what varchar(20))
GO
CREATE TRIGGER tr21_i ON tr21 AFTER INSERT AS INSERT tr21_log VALUES ('before'); ROLLBACK; INSERT tr21_log VALUES ('after')
GO
INSERT tr21 VALUES (1)
GO
SELECT what FROM tr21_log
--> 'after'
--! 3609

-- rule: t-sql/language-elements/try-catch-transact-sql: 3609 is caught like any error
USE tempdb
CREATE TABLE tr22 (a int)
GO
CREATE TRIGGER tr22_i ON tr22 AFTER INSERT AS ROLLBACK
GO
BEGIN TRY INSERT tr22 VALUES (1) END TRY BEGIN CATCH SELECT ERROR_NUMBER(), XACT_STATE(), @@TRANCOUNT END CATCH
--> 3609 | 0 | 0

-- rule: t-sql/language-elements/raiserror-transact-sql: RAISERROR alone leaves the statement as it is
USE tempdb
CREATE TABLE tr23 (a int)
GO
CREATE TRIGGER tr23_i ON tr23 AFTER INSERT AS RAISERROR('just saying', 16, 1)
GO
INSERT tr23 VALUES (1); SELECT a FROM tr23
--> 1
--! 50000 16 1

-- rule: t-sql/statements/set-xact-abort-transact-sql: XACT_ABORT is ON in a trigger, so an error rolls the transaction back and ends the batch
USE tempdb
CREATE TABLE tr24 (a int); CREATE TABLE tr24_b (a int)
GO
CREATE TRIGGER tr24_i ON tr24 AFTER INSERT AS DECLARE @x int = 1 / 0
GO
BEGIN TRAN; INSERT tr24_b VALUES (1); INSERT tr24 VALUES (1); SELECT 'not reached'
GO
SELECT COUNT(*), @@TRANCOUNT FROM tr24_b
--> 0 | 0
--! 8134

-- rule: t-sql/statements/set-xact-abort-transact-sql: in a TRY the transaction can only be rolled back
USE tempdb
CREATE TABLE tr25 (a int)
GO
CREATE TRIGGER tr25_i ON tr25 AFTER INSERT AS
DECLARE @x int
SET @x = 1 / 0
GO
BEGIN TRAN
BEGIN TRY INSERT tr25 VALUES (1) END TRY BEGIN CATCH SELECT ERROR_NUMBER(), ERROR_PROCEDURE(), ERROR_LINE(), XACT_STATE(); ROLLBACK END CATCH
SELECT COUNT(*) FROM tr25
--> 8134 | 'tr25_i' | 4 | -1
--> 0

-- rule: t-sql/language-elements/throw-transact-sql: THROW in a trigger undoes the statement
USE tempdb
CREATE TABLE tr26 (a int)
GO
CREATE TRIGGER tr26_i ON tr26 AFTER INSERT AS THROW 51000, 'not this one', 3
GO
INSERT tr26 VALUES (1); SELECT 'not reached'
GO
SELECT COUNT(*) FROM tr26
--> 0
--! 51000 16 3

-- rule: relational-databases/errors-events/database-engine-events-and-errors-3000-to-3999: a transaction that a caught error doomed ends with the trigger
USE tempdb
CREATE TABLE tr27 (a int)
GO
CREATE TRIGGER tr27_i ON tr27 AFTER INSERT AS BEGIN TRY DECLARE @x int = 1 / 0 END TRY BEGIN CATCH PRINT 'caught' END CATCH
GO
INSERT tr27 VALUES (1); SELECT 'not reached'
GO
SELECT COUNT(*) FROM tr27
--> 0
--! 3616

-- rule: t-sql/statements/create-trigger-transact-sql: triggers fire other triggers
USE tempdb
CREATE TABLE tr28 (a int); CREATE TABLE tr28_b (a int); CREATE TABLE tr28_c (a int)
GO
CREATE TRIGGER tr28_i ON tr28 AFTER INSERT AS INSERT tr28_b SELECT a + 1 FROM inserted
GO
CREATE TRIGGER tr28_bi ON tr28_b AFTER INSERT AS INSERT tr28_c SELECT a + 1 FROM inserted
GO
INSERT tr28 VALUES (1); SELECT a FROM tr28_c
--> 3

-- rule: t-sql/statements/create-trigger-transact-sql: a trigger does not fire itself while RECURSIVE_TRIGGERS is OFF
USE tempdb
CREATE TABLE tr29 (a int)
GO
CREATE TRIGGER tr29_i ON tr29 AFTER INSERT AS INSERT tr29 SELECT a + 1 FROM inserted
GO
INSERT tr29 VALUES (1); SELECT a FROM tr29 ORDER BY a
--> 1
--> 2

-- rule: t-sql/statements/create-trigger-transact-sql: triggers nest up to 32 levels; beyond it everything is undone
USE tempdb
CREATE TABLE tr30 (a int); CREATE TABLE tr30_b (a int)
GO
CREATE TRIGGER tr30_i ON tr30 AFTER INSERT AS INSERT tr30_b SELECT a + 1 FROM inserted
GO
CREATE TRIGGER tr30_bi ON tr30_b AFTER INSERT AS INSERT tr30 SELECT a + 1 FROM inserted
GO
INSERT tr30 VALUES (1)
GO
SELECT COUNT(*) FROM tr30
--> 0
--! 217 16 1

-- rule: t-sql/statements/create-trigger-transact-sql: indirect recursion that ends by itself goes as deep as it needs
USE tempdb
CREATE TABLE tr31 (a int); CREATE TABLE tr31_b (a int)
GO
CREATE TRIGGER tr31_i ON tr31 AFTER INSERT AS INSERT tr31_b SELECT a + 1 FROM inserted
GO
CREATE TRIGGER tr31_bi ON tr31_b AFTER INSERT AS IF EXISTS (SELECT 1 FROM inserted WHERE a < 6) INSERT tr31 SELECT a + 1 FROM inserted
GO
INSERT tr31 VALUES (1); SELECT a FROM tr31 ORDER BY a; SELECT MAX(a) FROM tr31_b
--> 1
--> 3
--> 5
--> 6

-- rule: t-sql/statements/create-trigger-transact-sql: an INSTEAD OF trigger runs in place of the statement
USE tempdb
CREATE TABLE tr32 (a int)
GO
CREATE TRIGGER tr32_i ON tr32 INSTEAD OF INSERT AS PRINT 'instead'
GO
INSERT tr32 VALUES (1); SELECT @@ROWCOUNT, COUNT(*) FROM tr32
--> 1 | 0
--? Changed database context to 'tempdb'.
--? instead

-- rule: t-sql/statements/create-trigger-transact-sql: its own statements on the table are not sent to it again
USE tempdb
CREATE TABLE tr33 (a int)
GO
CREATE TRIGGER tr33_i ON tr33 INSTEAD OF INSERT AS INSERT tr33 SELECT a * 10 FROM inserted WHERE a > 0
GO
INSERT tr33 VALUES (1), (-2), (3); SELECT a FROM tr33 ORDER BY a
--> 10
--> 30

-- rule: t-sql/statements/create-trigger-transact-sql: what INSTEAD OF inserts fires the AFTER triggers
USE tempdb
CREATE TABLE tr34 (a int); CREATE TABLE tr34_log (a int)
GO
CREATE TRIGGER tr34_io ON tr34 INSTEAD OF INSERT AS INSERT tr34 SELECT a + 100 FROM inserted
GO
CREATE TRIGGER tr34_i ON tr34 AFTER INSERT AS INSERT tr34_log SELECT a FROM inserted
GO
INSERT tr34 VALUES (1); SELECT a FROM tr34_log
--> 101

-- rule: relational-databases/triggers/use-the-inserted-and-deleted-tables: INSTEAD OF runs before constraints are checked
USE tempdb
CREATE TABLE tr35 (id int PRIMARY KEY, a int CHECK (a > 0)); INSERT tr35 VALUES (1, 1)
GO
CREATE TRIGGER tr35_i ON tr35 INSTEAD OF INSERT AS SELECT id, a FROM inserted
GO
INSERT tr35 VALUES (1, -5)
--> 1 | -5

-- rule: relational-databases/triggers/instead-of-insert-triggers: columns that are not named have their defaults, an identity has 0
USE tempdb
CREATE TABLE tr36 (id int IDENTITY(5, 1), a int DEFAULT 7, b varchar(5))
GO
CREATE TRIGGER tr36_i ON tr36 INSTEAD OF INSERT AS SELECT id, a, b FROM inserted
GO
INSERT tr36 (b) VALUES ('x')
--> 0 | 7 | 'x'

-- rule: t-sql/statements/create-trigger-transact-sql: INSTEAD OF UPDATE and DELETE have the rows as they are and would be
USE tempdb
CREATE TABLE tr37 (id int, a int); INSERT tr37 VALUES (1, 1), (2, 2)
GO
CREATE TRIGGER tr37_ud ON tr37 INSTEAD OF UPDATE, DELETE AS SELECT d.id, d.a, i.a FROM deleted d LEFT JOIN inserted i ON i.id = d.id
GO
UPDATE tr37 SET a = 9 WHERE id = 1; DELETE tr37 WHERE id = 2; SELECT COUNT(*) FROM tr37 WHERE a = id
--> 1 | 1 | 9
--> 2 | 2 | NULL
--> 2

-- rule: t-sql/statements/create-trigger-transact-sql: INSTEAD OF triggers make a view of a join updatable
USE tempdb
CREATE TABLE tr38_a (id int, x varchar(5)); CREATE TABLE tr38_b (id int, y varchar(5))
GO
CREATE VIEW tr38 AS SELECT a.id, a.x, b.y FROM tr38_a a JOIN tr38_b b ON b.id = a.id
GO
CREATE TRIGGER tr38_i ON tr38 INSTEAD OF INSERT AS INSERT tr38_a SELECT id, x FROM inserted; INSERT tr38_b SELECT id, y FROM inserted
GO
INSERT tr38 (id, x, y) VALUES (1, 'x1', 'y1'), (2, 'x2', 'y2'); SELECT id, x, y FROM tr38 ORDER BY id
--> 1 | 'x1' | 'y1'
--> 2 | 'x2' | 'y2'

-- rule: relational-databases/triggers/use-the-inserted-and-deleted-tables: on a view, inserted and deleted have the view's columns
USE tempdb
CREATE TABLE tr39_t (id int, a int); INSERT tr39_t VALUES (1, 10), (2, 20)
GO
CREATE VIEW tr39 AS SELECT id AS k, a * 2 AS twice FROM tr39_t
GO
CREATE TRIGGER tr39_u ON tr39 INSTEAD OF UPDATE AS UPDATE t SET a = i.twice / 2 FROM tr39_t t JOIN inserted i ON i.k = t.id
GO
UPDATE tr39 SET twice = twice + 100 WHERE k = 2; SELECT @@ROWCOUNT; SELECT k, twice FROM tr39 ORDER BY k
--> 1
--> 1 | 20
--> 2 | 140

-- rule: relational-databases/triggers/use-the-inserted-and-deleted-tables: a view's INSTEAD OF DELETE
USE tempdb
CREATE TABLE tr40_t (id int); INSERT tr40_t VALUES (1), (2), (3)
GO
CREATE VIEW tr40 AS SELECT DISTINCT id FROM tr40_t
GO
CREATE TRIGGER tr40_d ON tr40 INSTEAD OF DELETE AS DELETE tr40_t WHERE id IN (SELECT id FROM deleted)
GO
DELETE tr40 WHERE id > 1; SELECT id FROM tr40
--> 1

-- rule: t-sql/statements/disable-trigger-transact-sql: a disabled trigger does not fire, and ENABLE TRIGGER brings it back
USE tempdb
CREATE TABLE tr41 (a int)
GO
CREATE TRIGGER tr41_i ON tr41 AFTER INSERT AS SELECT a FROM inserted
GO
DISABLE TRIGGER tr41_i ON tr41; INSERT tr41 VALUES (1)
ENABLE TRIGGER tr41_i ON tr41; INSERT tr41 VALUES (2)
--> 2

-- rule: t-sql/statements/alter-table-transact-sql: ALTER TABLE enables and disables all triggers of a table
USE tempdb
CREATE TABLE tr42 (a int)
GO
CREATE TRIGGER tr42_i ON tr42 AFTER INSERT AS SELECT 'fired'
GO
ALTER TABLE tr42 DISABLE TRIGGER ALL; INSERT tr42 VALUES (1)
ALTER TABLE tr42 ENABLE TRIGGER tr42_i; INSERT tr42 VALUES (2)
--> 'fired'

-- rule: t-sql/statements/drop-trigger-transact-sql: a trigger that is dropped fires no more, and goes with its table
USE tempdb
CREATE TABLE tr43 (a int)
GO
CREATE TRIGGER tr43_i ON tr43 AFTER INSERT AS SELECT 'fired'
GO
CREATE TRIGGER tr43_j ON tr43 AFTER INSERT AS SELECT 'other'
GO
DROP TRIGGER tr43_i; INSERT tr43 VALUES (1); DROP TABLE tr43; SELECT OBJECT_ID('tr43_j')
--> 'other'
--> NULL

-- rule: t-sql/statements/alter-trigger-transact-sql: ALTER TRIGGER replaces the statements
USE tempdb
CREATE TABLE tr44 (a int)
GO
CREATE TRIGGER tr44_i ON tr44 AFTER INSERT AS SELECT 'old'
GO
ALTER TRIGGER tr44_i ON tr44 AFTER INSERT, DELETE AS SELECT 'new'
GO
INSERT tr44 VALUES (1); DELETE tr44
--> 'new'
--> 'new'

-- rule: t-sql/statements/merge-transact-sql: MERGE fires the triggers of every action it specifies
USE tempdb
CREATE TABLE tr45 (id int, a int); INSERT tr45 VALUES (1, 1), (2, 2); CREATE TABLE tr45_log (what varchar(9), n int)
GO
CREATE TRIGGER tr45_i ON tr45 AFTER INSERT AS INSERT tr45_log SELECT 'insert', COUNT(*) FROM inserted
GO
CREATE TRIGGER tr45_u ON tr45 AFTER UPDATE AS INSERT tr45_log SELECT 'update', COUNT(*) FROM inserted
GO
CREATE TRIGGER tr45_d ON tr45 AFTER DELETE AS INSERT tr45_log SELECT 'delete', COUNT(*) FROM deleted
GO
MERGE tr45 t USING (VALUES (2, 20), (3, 30), (4, 40)) s (id, a) ON s.id = t.id WHEN MATCHED THEN UPDATE SET a = s.a WHEN NOT MATCHED THEN INSERT VALUES (s.id, s.a) WHEN NOT MATCHED BY SOURCE THEN DELETE;
SELECT what, n FROM tr45_log ORDER BY what
--> 'delete' | 1
--> 'insert' | 2
--> 'update' | 1

-- rule: t-sql/statements/merge-transact-sql: @@ROWCOUNT in its triggers is the total of all actions
USE tempdb
CREATE TABLE tr46 (id int, a int); INSERT tr46 VALUES (1, 1)
GO
CREATE TRIGGER tr46_i ON tr46 AFTER INSERT AS SELECT @@ROWCOUNT, (SELECT COUNT(*) FROM inserted)
GO
MERGE tr46 t USING (VALUES (1, 1), (2, 2), (3, 3)) s (id, a) ON s.id = t.id WHEN MATCHED THEN UPDATE SET a = 5 WHEN NOT MATCHED THEN INSERT VALUES (s.id, s.a);
--> 3 | 2

-- rule: t-sql/statements/merge-transact-sql: with an INSTEAD OF trigger for one action there has to be one for each
USE tempdb
CREATE TABLE tr47 (id int)
GO
CREATE TRIGGER tr47_i ON tr47 INSTEAD OF INSERT AS PRINT 'instead'
GO
MERGE tr47 t USING (VALUES (1)) s (id) ON s.id = t.id WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT VALUES (s.id);
--! 5316 16 1

-- rule: t-sql/queries/output-clause-transact-sql: OUTPUT without INTO needs a target without enabled triggers for the action
USE tempdb
CREATE TABLE tr48 (a int)
GO
CREATE TRIGGER tr48_i ON tr48 AFTER INSERT AS PRINT 'fired'
GO
INSERT tr48 OUTPUT inserted.a VALUES (1)
GO
DELETE tr48 OUTPUT deleted.a
--! 334 16 1

-- rule: t-sql/queries/output-clause-transact-sql: OUTPUT INTO has the rows before triggers fire
USE tempdb
CREATE TABLE tr49 (a int)
GO
CREATE TRIGGER tr49_i ON tr49 AFTER INSERT AS UPDATE tr49 SET a = -1
GO
DECLARE @t TABLE (a int); INSERT tr49 OUTPUT inserted.a INTO @t VALUES (1); SELECT a FROM @t; SELECT a FROM tr49
--> 1
--> -1

-- rule: t-sql/queries/output-clause-transact-sql: the target of OUTPUT INTO has no enabled triggers
USE tempdb
CREATE TABLE tr50 (a int); CREATE TABLE tr50_b (a int)
GO
CREATE TRIGGER tr50_i ON tr50 AFTER INSERT AS PRINT 'fired'
GO
INSERT tr50_b OUTPUT inserted.a INTO tr50 VALUES (1)
--! 331 16 1

-- rule: relational-databases/triggers/use-the-inserted-and-deleted-tables: inserted and deleted cannot be changed
USE tempdb
CREATE TABLE tr51 (a int)
GO
CREATE TRIGGER tr51_i ON tr51 AFTER INSERT AS DELETE inserted
GO
INSERT tr51 VALUES (1)
--! 286 16 1

-- rule: relational-databases/triggers/use-the-inserted-and-deleted-tables: they are not there for what the trigger executes
USE tempdb
CREATE TABLE tr52 (a int)
GO
CREATE TRIGGER tr52_i ON tr52 AFTER INSERT AS EXEC ('SELECT a FROM inserted')
GO
INSERT tr52 VALUES (1)
--! 208

-- rule: relational-databases/triggers/use-the-inserted-and-deleted-tables: nor outside of triggers
SELECT a FROM inserted
--! 208

-- rule: t-sql/functions/identity-transact-sql: @@IDENTITY is of the trigger's insert, SCOPE_IDENTITY() of the statement's own
USE tempdb
CREATE TABLE tr53 (id int IDENTITY(1, 1), a int); CREATE TABLE tr53_log (id int IDENTITY(100, 1), a int)
GO
CREATE TRIGGER tr53_i ON tr53 AFTER INSERT AS INSERT tr53_log SELECT a FROM inserted
GO
INSERT tr53 (a) VALUES (1); SELECT SCOPE_IDENTITY(), @@IDENTITY
--> 1 | 100

-- rule: t-sql/statements/truncate-table-transact-sql: TRUNCATE TABLE fires no triggers
USE tempdb
CREATE TABLE tr54 (a int); INSERT tr54 VALUES (1)
GO
CREATE TRIGGER tr54_d ON tr54 AFTER DELETE AS SELECT 'fired'
GO
TRUNCATE TABLE tr54; SELECT COUNT(*) FROM tr54
--> 0

-- rule: relational-databases/tables/primary-and-foreign-key-constraints: cascading deletes fire the triggers of the tables they reach, which fire first
USE tempdb
CREATE TABLE tr55 (id int PRIMARY KEY); CREATE TABLE tr55_b (id int REFERENCES tr55 ON DELETE CASCADE)
CREATE TABLE tr55_log (n int IDENTITY, what varchar(9), rows int); INSERT tr55 VALUES (1), (2); INSERT tr55_b VALUES (1), (1), (2)
GO
CREATE TRIGGER tr55_d ON tr55 AFTER DELETE AS INSERT tr55_log SELECT 'parent', COUNT(*) FROM deleted
GO
CREATE TRIGGER tr55_bd ON tr55_b AFTER DELETE AS INSERT tr55_log SELECT 'child', COUNT(*) FROM deleted
GO
DELETE tr55 WHERE id = 1; SELECT what, rows FROM tr55_log ORDER BY n
--> 'child' | 2
--> 'parent' | 1

-- rule: t-sql/statements/create-trigger-transact-sql: SET options of a trigger end with it
USE tempdb
CREATE TABLE tr56 (a int)
GO
CREATE TRIGGER tr56_i ON tr56 AFTER INSERT AS SET DATEFIRST 3; SELECT @@DATEFIRST
GO
INSERT tr56 VALUES (1); SELECT @@DATEFIRST
--> 3
--> 7

-- rule: t-sql/statements/create-trigger-transact-sql: FOR and AFTER triggers are for tables, not views
USE tempdb
GO
CREATE VIEW tr57 AS SELECT 1 AS a
GO
CREATE TRIGGER tr57_i ON tr57 AFTER INSERT AS PRINT 'no'
--! 2113

-- rule: t-sql/statements/create-trigger-transact-sql: not for temporary tables either
CREATE TABLE #tr58 (a int)
GO
CREATE TRIGGER tr58_i ON #tr58 AFTER INSERT AS PRINT 'no'
--! 8197

-- rule: t-sql/statements/create-trigger-transact-sql: a trigger is the first statement of its batch
USE tempdb; CREATE TABLE tr59 (a int)
GO
SELECT 1
CREATE TRIGGER tr59_i ON tr59 AFTER INSERT AS PRINT 'no'
--! 111 15

-- rule: t-sql/functions/update-trigger-functions-transact-sql: UPDATE() belongs into triggers
IF UPDATE(a) PRINT 'no'
--! 140 15

-- rule: t-sql/functions/error-procedure-transact-sql: ERROR_PROCEDURE() is the trigger's name
USE tempdb
CREATE TABLE tr60 (a int)
GO
CREATE TRIGGER tr60_i ON tr60 AFTER INSERT AS RAISERROR('no', 16, 2)
GO
BEGIN TRY INSERT tr60 VALUES (1) END TRY BEGIN CATCH SELECT ERROR_PROCEDURE(), ERROR_STATE() END CATCH
--> 'tr60_i' | 2

-- rule: t-sql/functions/procid-transact-sql: @@PROCID in a trigger is the trigger
USE tempdb
CREATE TABLE tr61 (a int)
GO
CREATE TRIGGER tr61_i ON tr61 AFTER INSERT AS SELECT OBJECT_NAME(@@PROCID)
GO
INSERT tr61 VALUES (1)
--> 'tr61_i'

-- rule: relational-databases/triggers/use-the-inserted-and-deleted-tables: they have values for computed columns
USE tempdb
CREATE TABLE tr62 (a int, b AS a * 2)
GO
CREATE TRIGGER tr62_u ON tr62 AFTER INSERT, UPDATE AS SELECT i.b, d.b FROM inserted i LEFT JOIN deleted d ON 1 = 1
GO
INSERT tr62 VALUES (1); UPDATE tr62 SET a = 5
--> 2 | NULL
--> 10 | 2

-- rule: t-sql/language-elements/return-transact-sql: RETURN leaves the trigger and the statement stays
USE tempdb
CREATE TABLE tr63 (a int)
GO
CREATE TRIGGER tr63_i ON tr63 AFTER INSERT AS IF NOT EXISTS (SELECT 1 FROM inserted WHERE a > 1) RETURN; SELECT 'large'
GO
INSERT tr63 VALUES (1); INSERT tr63 VALUES (2); SELECT COUNT(*) FROM tr63
--> 'large'
--> 2

-- rule: t-sql/language-elements/commit-transaction-transact-sql: COMMIT in a trigger keeps what was done, and ends the batch as ROLLBACK does
USE tempdb
CREATE TABLE tr64 (a int)
GO
CREATE TRIGGER tr64_i ON tr64 AFTER INSERT AS COMMIT
GO
INSERT tr64 VALUES (1); SELECT 'not reached'
GO
SELECT a, @@TRANCOUNT FROM tr64
--> 1 | 0
--! 3609

-- rule: t-sql/language-elements/save-transaction-transact-sql: a trigger may roll back to a savepoint of its own
USE tempdb
CREATE TABLE tr65 (a int)
GO
CREATE TRIGGER tr65_i ON tr65 AFTER INSERT AS SAVE TRAN here; UPDATE tr65 SET a = 5; ROLLBACK TRAN here
GO
INSERT tr65 VALUES (1); SELECT a, @@TRANCOUNT FROM tr65
--> 1 | 0

-- rule: relational-databases/triggers/use-the-inserted-and-deleted-tables: a cursor goes through the rows of inserted
USE tempdb
CREATE TABLE tr66 (a int); CREATE TABLE tr66_log (a int)
GO
CREATE TRIGGER tr66_i ON tr66 AFTER INSERT AS
DECLARE @a int
DECLARE c CURSOR LOCAL FOR SELECT a FROM inserted WHERE a > 1
OPEN c
FETCH NEXT FROM c INTO @a
WHILE @@FETCH_STATUS = 0 BEGIN INSERT tr66_log VALUES (@a * 10); FETCH NEXT FROM c INTO @a END
CLOSE c; DEALLOCATE c
GO
INSERT tr66 VALUES (1), (2), (3); SELECT a FROM tr66_log ORDER BY a
--> 20
--> 30

-- rule: t-sql/language-elements/rollback-transaction-transact-sql: a procedure whose statement fires such a trigger ends, and its callers with it
USE tempdb
CREATE TABLE tr67 (a int)
GO
CREATE TRIGGER tr67_i ON tr67 AFTER INSERT AS RAISERROR('No %d', 16, 1, 13); ROLLBACK
GO
CREATE PROCEDURE tr67_p AS INSERT tr67 VALUES (13); SELECT 'not reached'
GO
EXEC tr67_p; SELECT 'nor this'
--! 50000
--! 3609

-- rule: t-sql/statements/set-implicit-transactions-transact-sql: the transaction that a statement begins is there behind its triggers
USE tempdb
CREATE TABLE tr68 (a int)
GO
CREATE TRIGGER tr68_i ON tr68 AFTER INSERT AS PRINT @@TRANCOUNT
GO
SET IMPLICIT_TRANSACTIONS ON
INSERT tr68 VALUES (1)
SELECT @@TRANCOUNT
ROLLBACK
SET IMPLICIT_TRANSACTIONS OFF
SELECT COUNT(*) FROM tr68
--> 1
--> 0
