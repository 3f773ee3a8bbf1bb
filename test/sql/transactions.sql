-- rule: t-sql/language-elements/begin-transaction-transact-sql: BEGIN TRANSACTION adds one to @@TRANCOUNT, COMMIT takes one away
SELECT @@TRANCOUNT; BEGIN TRAN; SELECT @@TRANCOUNT; BEGIN TRAN; SELECT @@TRANCOUNT; COMMIT; SELECT @@TRANCOUNT; COMMIT; SELECT @@TRANCOUNT
--> 0
--> 1
--> 2
--> 1
--> 0

-- rule: t-sql/language-elements/rollback-transaction-transact-sql: ROLLBACK without a name ends all of the nested transactions
CREATE TABLE #t (id int); BEGIN TRAN; INSERT #t VALUES (1); BEGIN TRAN; INSERT #t VALUES (2); ROLLBACK; SELECT @@TRANCOUNT, COUNT(*) FROM #t
--> 0 | 0
CREATE TABLE #t (id int); BEGIN TRAN; INSERT #t VALUES (1); BEGIN TRAN; INSERT #t VALUES (2); COMMIT; ROLLBACK; SELECT @@TRANCOUNT, COUNT(*) FROM #t
--> 0 | 0

-- rule: t-sql/language-elements/commit-transaction-transact-sql: without a transaction COMMIT is an error
COMMIT
--! 3902 16
COMMIT WORK
--! 3902 16

-- rule: t-sql/language-elements/rollback-transaction-transact-sql: without a transaction ROLLBACK is an error
ROLLBACK
--! 3903 16
ROLLBACK WORK
--! 3903 16

-- rule: t-sql/language-elements/rollback-transaction-transact-sql: the name of the outermost transaction rolls back all, that of an inner one is an error
CREATE TABLE #t (id int); BEGIN TRAN a; INSERT #t VALUES (1); BEGIN TRAN b; ROLLBACK TRAN a; SELECT @@TRANCOUNT, COUNT(*) FROM #t
--> 0 | 0
BEGIN TRAN a; BEGIN TRAN b; ROLLBACK TRAN b; SELECT @@TRANCOUNT; ROLLBACK
--> 2
--! 6401 16

-- rule: t-sql/language-elements/commit-transaction-transact-sql: the name is of no account
BEGIN TRAN a; COMMIT TRAN whatever; SELECT @@TRANCOUNT
--> 0

-- rule: t-sql/language-elements/save-transaction-transact-sql: a rollback to a savepoint undoes what came after it and leaves the transaction open
CREATE TABLE #t (id int); BEGIN TRAN; INSERT #t VALUES (1); SAVE TRAN s; INSERT #t VALUES (2); ROLLBACK TRAN s; SELECT @@TRANCOUNT, COUNT(*) FROM #t; COMMIT; SELECT id FROM #t
--> 1 | 1
--> 1
CREATE TABLE #t (id int); BEGIN TRAN; SAVE TRAN s; INSERT #t VALUES (1); SAVE TRAN s; INSERT #t VALUES (2); ROLLBACK TRAN s; SELECT COUNT(*) FROM #t; ROLLBACK TRAN s; SELECT COUNT(*) FROM #t; COMMIT
--> 1
--> 1

-- rule: t-sql/language-elements/save-transaction-transact-sql: a savepoint needs a transaction
SAVE TRAN s
--! 628 16

-- rule: t-sql/language-elements/begin-transaction-transact-sql: a name can be a variable
CREATE TABLE #t (id int); DECLARE @s varchar(32) = 'here'; BEGIN TRAN; INSERT #t VALUES (1); SAVE TRAN @s; DELETE #t; ROLLBACK TRAN @s; SELECT COUNT(*) FROM #t; COMMIT
--> 1

-- rule: t-sql/functions/xact-state-transact-sql: 0 without a transaction, 1 with one that can be committed
SELECT XACT_STATE(); BEGIN TRAN; SELECT XACT_STATE(); ROLLBACK; SELECT XACT_STATE()
--> 0
--> 1
--> 0

-- rule: t-sql/statements/set-xact-abort-transact-sql: when it is OFF only the statement that failed is rolled back
CREATE TABLE #t (id int PRIMARY KEY); BEGIN TRAN; INSERT #t VALUES (1); INSERT #t VALUES (1); INSERT #t VALUES (2); SELECT @@TRANCOUNT, COUNT(*) FROM #t; COMMIT
--> 1 | 2
--! 2627 14

-- rule: t-sql/statements/set-xact-abort-transact-sql: when it is ON an error ends the batch and rolls the transaction back
SET XACT_ABORT ON; CREATE TABLE #t (id int PRIMARY KEY); BEGIN TRAN; INSERT #t VALUES (1); INSERT #t VALUES (1); SELECT 'not reached'
GO
SELECT @@TRANCOUNT, COUNT(*) FROM #t
--> 0 | 0
--! 2627 14

-- rule: t-sql/statements/set-xact-abort-transact-sql: THROW honours it, RAISERROR does not
SET XACT_ABORT ON; BEGIN TRAN; RAISERROR('no', 16, 1); SELECT @@TRANCOUNT; COMMIT
--> 1
--! 50000 16
SET XACT_ABORT ON; BEGIN TRAN; THROW 50001, 'no', 1
GO
SELECT @@TRANCOUNT
--> 0
--! 50001 16

-- rule: t-sql/language-elements/try-catch-transact-sql: an error under XACT_ABORT leaves a transaction that can only be rolled back
SET XACT_ABORT ON; BEGIN TRY BEGIN TRAN; SELECT 1 / 0; COMMIT; END TRY BEGIN CATCH SELECT XACT_STATE(), @@TRANCOUNT; ROLLBACK; SELECT XACT_STATE(), @@TRANCOUNT; END CATCH
--> -1 | 1
--> 0 | 0

-- rule: t-sql/language-elements/try-catch-transact-sql: nothing can be written in a transaction that can only be rolled back
CREATE TABLE #t (id int); SET XACT_ABORT ON; BEGIN TRY BEGIN TRAN; THROW 50000, 'x', 1; END TRY BEGIN CATCH BEGIN TRY INSERT #t VALUES (1); END TRY BEGIN CATCH SELECT ERROR_NUMBER(); END CATCH ROLLBACK; END CATCH
--> 3930
SET XACT_ABORT ON; BEGIN TRY BEGIN TRAN; THROW 50000, 'x', 1; END TRY BEGIN CATCH BEGIN TRY COMMIT; END TRY BEGIN CATCH SELECT ERROR_NUMBER(); END CATCH ROLLBACK; END CATCH
--> 3930

-- rule: t-sql/language-elements/try-catch-transact-sql: a failed conversion ends the transaction also without XACT_ABORT
BEGIN TRY BEGIN TRAN; DECLARE @i int = CONVERT(int, 'x'); END TRY BEGIN CATCH SELECT ERROR_NUMBER(), XACT_STATE(); ROLLBACK; END CATCH
--> 245 | -1

-- rule: t-sql/statements/set-implicit-transactions-transact-sql: the first statement that reads or writes a table begins a transaction
CREATE TABLE #t (id int); SET IMPLICIT_TRANSACTIONS ON; INSERT #t VALUES (1); SELECT @@TRANCOUNT; ROLLBACK; SET IMPLICIT_TRANSACTIONS OFF; SELECT COUNT(*) FROM #t
--> 1
--> 0

-- rule: t-sql/language-elements/begin-transaction-transact-sql: table variables take no part in a transaction
DECLARE @t TABLE (id int); BEGIN TRAN; INSERT @t VALUES (1); ROLLBACK; SELECT COUNT(*) FROM @t
--> 1

-- rule: relational-databases/errors-events/mssqlserver-3902-database-engine-error: DDL is part of the transaction
BEGIN TRAN; CREATE TABLE #t (id int); ROLLBACK; SELECT OBJECT_ID('tempdb..#t')
--> NULL
CREATE TABLE #t (id int); BEGIN TRAN; DROP TABLE #t; ROLLBACK; SELECT COUNT(*) FROM #t
--> 0
CREATE TABLE #t (id int); BEGIN TRAN; ALTER TABLE #t ADD n int; ROLLBACK; INSERT #t VALUES (7); SELECT * FROM #t
--> 7
CREATE TABLE #t (id int); INSERT #t VALUES (1), (2); BEGIN TRAN; TRUNCATE TABLE #t; SELECT COUNT(*) FROM #t; ROLLBACK; SELECT COUNT(*) FROM #t
--> 0
--> 2

-- rule: t-sql/functions/identity-function-transact-sql: what an identity column gave out is not taken back
CREATE TABLE #t (id int IDENTITY, n int); BEGIN TRAN; INSERT #t (n) VALUES (1), (2); ROLLBACK; INSERT #t (n) VALUES (3); SELECT id, n FROM #t
--> 3 | 3

-- rule: t-sql/language-elements/transactions-transact-sql: a procedure that ends with another @@TRANCOUNT than it began with is told of
CREATE PROCEDURE #p AS BEGIN TRAN
GO
EXEC #p; SELECT @@TRANCOUNT; ROLLBACK
--> 1
--! 266 16
CREATE PROCEDURE #p AS ROLLBACK
GO
BEGIN TRAN; EXEC #p; SELECT @@TRANCOUNT
--> 0
--! 266 16

-- rule: t-sql/statements/set-transaction-isolation-level-transact-sql: the level is of the session, and DBCC USEROPTIONS tells it
SET TRANSACTION ISOLATION LEVEL SERIALIZABLE; SELECT transaction_isolation_level FROM sys.dm_exec_sessions WHERE session_id = @@SPID
--> 4
SET TRANSACTION ISOLATION LEVEL READ UNCOMMITTED; SELECT transaction_isolation_level FROM sys.dm_exec_sessions WHERE session_id = @@SPID
--> 1
SELECT transaction_isolation_level FROM sys.dm_exec_sessions WHERE session_id = @@SPID
--> 2
