-- rule: t-sql/language-elements/try-catch-transact-sql: an error in TRY passes control to CATCH
BEGIN TRY SELECT 1 / 0; SELECT 'not reached' END TRY BEGIN CATCH SELECT 'caught' END CATCH
--> 'caught'

-- rule: t-sql/language-elements/try-catch-transact-sql: without an error CATCH is left out
BEGIN TRY SELECT 'fine' END TRY BEGIN CATCH SELECT 'caught' END CATCH SELECT 'after'
--> 'fine'
--> 'after'

-- rule: t-sql/language-elements/try-catch-transact-sql: the error functions tell of the error
BEGIN TRY
  SELECT 1 / 0
END TRY
BEGIN CATCH
  SELECT ERROR_NUMBER(), ERROR_SEVERITY(), ERROR_STATE(), ERROR_PROCEDURE(), ERROR_LINE(), ERROR_MESSAGE()
END CATCH
--> 8134 | 16 | 1 | NULL | 2 | 'Divide by zero error encountered.'

-- rule: t-sql/functions/error-number-transact-sql: outside of CATCH they are NULL
SELECT ERROR_NUMBER(), ERROR_MESSAGE(), ERROR_LINE(), ERROR_SEVERITY(), ERROR_STATE(), ERROR_PROCEDURE()
--> NULL | NULL | NULL | NULL | NULL | NULL

-- rule: t-sql/functions/error-number-transact-sql: in a nested CATCH they are of the inner error, and of the outer one again behind it
BEGIN TRY SELECT 1 / 0 END TRY
BEGIN CATCH
  BEGIN TRY SELECT CAST('x' AS int) END TRY
  BEGIN CATCH SELECT ERROR_NUMBER() END CATCH
  SELECT ERROR_NUMBER()
END CATCH
--> 245
--> 8134

-- rule: t-sql/functions/error-number-transact-sql: a procedure called in CATCH sees the error
USE tempdb
GO
CREATE PROCEDURE eh_report AS SELECT ERROR_NUMBER(), ERROR_LINE()
GO
BEGIN TRY
  SELECT 1 / 0
END TRY BEGIN CATCH EXEC eh_report END CATCH
--> 8134 | 3

-- rule: t-sql/language-elements/try-catch-transact-sql: errors of severity 10 and below are messages, not caught
BEGIN TRY RAISERROR('just a note', 10, 1); SELECT 'goes on' END TRY BEGIN CATCH SELECT 'caught' END CATCH
--> 'goes on'
--? just a note

-- rule: t-sql/language-elements/try-catch-transact-sql: an error of name resolution at the same level is not caught
BEGIN TRY SELECT * FROM eh_no_such_table END TRY BEGIN CATCH SELECT 'caught' END CATCH
--! 208 16 1

-- rule: t-sql/language-elements/try-catch-transact-sql: but it is at a lower level: in a procedure
USE tempdb
GO
CREATE PROCEDURE eh_missing AS SELECT * FROM eh_no_such_table
GO
BEGIN TRY EXEC eh_missing END TRY BEGIN CATCH SELECT ERROR_NUMBER(), ERROR_PROCEDURE() END CATCH
--> 208 | 'eh_missing'

-- rule: t-sql/language-elements/try-catch-transact-sql: or in a dynamic text
BEGIN TRY EXEC ('SELECT * FROM eh_no_such_table') END TRY BEGIN CATCH SELECT ERROR_NUMBER() END CATCH
--> 208

BEGIN TRY EXEC sp_executesql N'SELECT 1 +' END TRY BEGIN CATCH SELECT ERROR_NUMBER() END CATCH
--> 102

-- rule: t-sql/language-elements/try-catch-transact-sql: errors of what TRY calls are caught
USE tempdb
GO
CREATE PROCEDURE eh_divide @d int AS
BEGIN
  SELECT 'before'
  SELECT 1 / @d
  SELECT 'after'
END
GO
BEGIN TRY EXEC eh_divide 0 END TRY BEGIN CATCH SELECT ERROR_PROCEDURE(), ERROR_LINE() END CATCH
--> 'before'
--> 'eh_divide' | 5

-- rule: t-sql/language-elements/try-catch-transact-sql: without TRY the procedure goes on behind an error of a statement
USE tempdb; EXEC eh_divide 0; SELECT @@ERROR
--> 'before'
--> 'after'
--> 0
--! 8134

-- rule: t-sql/language-elements/try-catch-transact-sql: an error in CATCH goes to the caller
BEGIN TRY SELECT 1 / 0 END TRY BEGIN CATCH SELECT CAST('y' AS int) END CATCH
--! 245

BEGIN TRY
  BEGIN TRY SELECT 1 / 0 END TRY BEGIN CATCH SELECT CAST('y' AS int) END CATCH
END TRY BEGIN CATCH SELECT ERROR_NUMBER() END CATCH
--> 245

-- rule: t-sql/language-elements/try-catch-transact-sql: a TRY stands before a CATCH, in the same batch
BEGIN TRY SELECT 1 END TRY
--! 102 15

-- rule: t-sql/language-elements/throw-transact-sql: THROW raises an error of severity 16 and ends the batch
THROW 50001, 'thrown', 7
SELECT 'not reached'
--! 50001 16 7

-- rule: t-sql/language-elements/throw-transact-sql: THROW without arguments raises the caught error again, as it was
BEGIN TRY
  SELECT 1 / 0
END TRY
BEGIN CATCH
  THROW;
END CATCH
--! 8134 16 1

-- rule: t-sql/language-elements/throw-transact-sql: number, message and state can be variables
DECLARE @n int = 51234, @m nvarchar(100) = N'from a variable', @s int = 3
BEGIN TRY THROW @n, @m, @s END TRY BEGIN CATCH SELECT ERROR_NUMBER(), ERROR_MESSAGE(), ERROR_STATE(), ERROR_SEVERITY() END CATCH
--> 51234 | 'from a variable' | 3 | 16

-- rule: t-sql/language-elements/throw-transact-sql: the message takes no substitution
BEGIN TRY THROW 50000, '100% %s done', 1 END TRY BEGIN CATCH SELECT ERROR_MESSAGE() END CATCH
--> '100% %s done'

-- rule: t-sql/language-elements/throw-transact-sql: the number is 50000 or more
THROW 49999, 'x', 1
--! 35100 16

-- rule: t-sql/language-elements/throw-transact-sql: THROW alone belongs into CATCH
THROW
--! 10704 15

-- rule: t-sql/language-elements/throw-transact-sql: THROW in a procedure ends the batch of its caller
USE tempdb
GO
CREATE PROCEDURE eh_throw AS THROW 50002, 'from below', 1
GO
EXEC eh_throw
SELECT 'not reached'
--! 50002 16 1

-- rule: t-sql/language-elements/raiserror-transact-sql: RAISERROR lets the batch go on
RAISERROR('one', 16, 2)
SELECT 'reached', @@ERROR
--> 'reached' | 50000
--! 50000 16 2

-- rule: t-sql/language-elements/raiserror-transact-sql: arguments are put into the message
BEGIN TRY RAISERROR('%s has %d of %i, %5d|%-5d|%05d', 16, 1, 'Ann', 3, 4, 5, 6, 7) END TRY BEGIN CATCH SELECT ERROR_MESSAGE() END CATCH
--> 'Ann has 3 of 4,     5|6    |00007'

BEGIN TRY RAISERROR('%x %X %o %u %%', 16, 1, 255, 255, 8, 9) END TRY BEGIN CATCH SELECT ERROR_MESSAGE() END CATCH
--> 'ff FF 10 9 %'

BEGIN TRY RAISERROR('<%7.3s>', 16, 1, 'abcdef') END TRY BEGIN CATCH SELECT ERROR_MESSAGE() END CATCH
--> '<    abc>'

BEGIN TRY RAISERROR('<%*.*s>', 16, 1, 7, 3, 'abcdef') END TRY BEGIN CATCH SELECT ERROR_MESSAGE() END CATCH
--> '<    abc>'

-- rule: t-sql/language-elements/raiserror-transact-sql: a missing argument is (null)
BEGIN TRY RAISERROR('%s and %d', 16, 1, 'one') END TRY BEGIN CATCH SELECT ERROR_MESSAGE() END CATCH
--> 'one and (null)'

-- rule: t-sql/language-elements/raiserror-transact-sql: bigint takes %I64d
DECLARE @b bigint = 12345678901
BEGIN TRY RAISERROR('%I64d', 16, 1, @b) END TRY BEGIN CATCH SELECT ERROR_MESSAGE() END CATCH
--> '12345678901'

-- rule: t-sql/language-elements/raiserror-transact-sql: the message and its arguments can be variables
DECLARE @m nvarchar(50) = N'Row %d failed', @n int = 12
BEGIN TRY RAISERROR(@m, 11, 5, @n) END TRY BEGIN CATCH SELECT ERROR_MESSAGE(), ERROR_SEVERITY(), ERROR_STATE() END CATCH
--> 'Row 12 failed' | 11 | 5

-- rule: t-sql/language-elements/raiserror-transact-sql: severity 0 to 10 is a message; WITH NOWAIT sends it at once
RAISERROR('step %d', 0, 1, 2) WITH NOWAIT
SELECT @@ERROR
--> 0
--? step 2

-- rule: t-sql/language-elements/raiserror-transact-sql: SETERROR makes @@ERROR 50000 whatever the severity
RAISERROR('note', 1, 1) WITH SETERROR
SELECT @@ERROR
--> 50000
--? note

-- rule: t-sql/language-elements/raiserror-transact-sql: severity 19 and above needs WITH LOG
RAISERROR('fatal', 19, 1)
--! 2754 16

-- rule: t-sql/language-elements/raiserror-transact-sql: a number needs a message of that number
RAISERROR(60000, 16, 1)
--! 18054 16

-- rule: t-sql/language-elements/raiserror-transact-sql: the state is between 0 and 255
BEGIN TRY RAISERROR('x', 16, 255) END TRY BEGIN CATCH SELECT ERROR_STATE() END CATCH
--> 255

-- rule: t-sql/language-elements/raiserror-transact-sql: an argument of the wrong type
RAISERROR('%d', 16, 1, 'text')
--! 2786 16

-- rule: t-sql/functions/error-transact-sql: @@ERROR is of the statement before, and 0 when it had none
SELECT 1 / 0
SELECT @@ERROR
SELECT @@ERROR
--> 8134
--> 0
--! 8134

-- rule: t-sql/functions/error-transact-sql: in CATCH @@ERROR is the caught number at first
BEGIN TRY SELECT 1 / 0 END TRY BEGIN CATCH SELECT @@ERROR; SELECT @@ERROR END CATCH
--> 8134
--> 0

-- rule: t-sql/functions/error-transact-sql: an IF that tests @@ERROR resets it
SELECT 1 / 0
IF @@ERROR <> 0 SELECT 'error', @@ERROR
--> 'error' | 0
--! 8134

-- rule: t-sql/statements/set-xact-abort-transact-sql: OFF, an error undoes its statement and the transaction goes on
CREATE TABLE #t (a int PRIMARY KEY)
BEGIN TRAN
INSERT #t VALUES (1)
INSERT #t VALUES (2), (1)
INSERT #t VALUES (3)
COMMIT
SELECT a FROM #t ORDER BY a
--> 1
--> 3
--! 2627

-- rule: t-sql/statements/set-xact-abort-transact-sql: ON, it rolls the transaction back and ends the batch
CREATE TABLE #t (a int PRIMARY KEY)
GO
SET XACT_ABORT ON
BEGIN TRAN
INSERT #t VALUES (1)
INSERT #t VALUES (1)
SELECT 'not reached'
GO
SELECT COUNT(*), @@TRANCOUNT FROM #t
--> 0 | 0
--! 2627

-- rule: t-sql/statements/set-xact-abort-transact-sql: RAISERROR does not honour it, THROW does
CREATE TABLE #t (a int)
GO
SET XACT_ABORT ON
BEGIN TRAN
INSERT #t VALUES (1)
RAISERROR('x', 16, 1)
SELECT @@TRANCOUNT;
THROW 50000, 'y', 1
GO
SELECT @@TRANCOUNT
--> 1
--> 0
--! 50000
--! 50000

-- rule: t-sql/functions/xact-state-transact-sql: 0 without a transaction, 1 with one that can be committed
SELECT XACT_STATE()
BEGIN TRAN
SELECT XACT_STATE()
ROLLBACK
--> 0
--> 1

-- rule: t-sql/functions/xact-state-transact-sql: in CATCH with XACT_ABORT ON it is -1: only a rollback is left
SET XACT_ABORT ON
BEGIN TRAN
BEGIN TRY SELECT 1 / 0 END TRY
BEGIN CATCH
  SELECT XACT_STATE(), @@TRANCOUNT
  ROLLBACK
  SELECT XACT_STATE()
END CATCH
--> -1 | 1
--> 0

-- rule: t-sql/functions/xact-state-transact-sql: with it OFF it is 1 and can be committed
BEGIN TRAN
BEGIN TRY SELECT 1 / 0 END TRY
BEGIN CATCH SELECT XACT_STATE(); COMMIT END CATCH
SELECT @@TRANCOUNT
--> 1
--> 0

-- rule: t-sql/functions/xact-state-transact-sql: a failed conversion dooms the transaction too
BEGIN TRAN
BEGIN TRY DECLARE @i int = CAST('x' AS int) END TRY
BEGIN CATCH SELECT XACT_STATE(); ROLLBACK END CATCH
--> -1

-- rule: t-sql/language-elements/try-catch-transact-sql: a doomed transaction takes no COMMIT and no changes
CREATE TABLE #t (a int)
SET XACT_ABORT ON
BEGIN TRAN
BEGIN TRY SELECT 1 / 0 END TRY
BEGIN CATCH
  BEGIN TRY INSERT #t VALUES (1) END TRY BEGIN CATCH SELECT ERROR_NUMBER() END CATCH
  BEGIN TRY COMMIT END TRY BEGIN CATCH SELECT ERROR_NUMBER() END CATCH
  ROLLBACK
END CATCH
--> 3930
--> 3930

-- rule: t-sql/language-elements/try-catch-transact-sql: at the end of the batch a doomed transaction is rolled back
SET XACT_ABORT ON
BEGIN TRAN
BEGIN TRY SELECT 1 / 0 END TRY BEGIN CATCH PRINT 'caught' END CATCH
GO
SELECT @@TRANCOUNT
--> 0
--! 3998

-- rule: relational-databases/errors-events/database-engine-events-and-errors-0-to-999: a conversion error ends the batch
SELECT CAST('abc' AS int)
SELECT 'not reached'
--! 245 16

-- rule: relational-databases/errors-events/database-engine-events-and-errors-0-to-999: even out of a procedure
USE tempdb
GO
CREATE PROCEDURE eh_convert AS SELECT CAST('abc' AS int)
GO
EXEC eh_convert
SELECT 'not reached'
--! 245

-- rule: t-sql/language-elements/try-catch-transact-sql: TRY goes into procedures, functions aside, and they can be nested
USE tempdb
GO
CREATE PROCEDURE eh_nested AS
BEGIN TRY SELECT 1 / 0 END TRY
BEGIN CATCH
  DECLARE @m nvarchar(200) = CONCAT(ERROR_PROCEDURE(), ' ', ERROR_LINE());
  THROW 50010, @m, 1
END CATCH
GO
BEGIN TRY EXEC eh_nested END TRY BEGIN CATCH SELECT ERROR_MESSAGE(), ERROR_NUMBER(), ERROR_LINE() END CATCH
--> 'eh_nested 3' | 50010 | 6

-- rule: t-sql/language-elements/throw-transact-sql: what is thrown again keeps its procedure and line
USE tempdb
GO
CREATE PROCEDURE eh_rethrow AS
BEGIN TRY
  SELECT 1 / 0
END TRY
BEGIN CATCH
  THROW
END CATCH
GO
BEGIN TRY EXEC eh_rethrow END TRY BEGIN CATCH SELECT ERROR_PROCEDURE(), ERROR_LINE() END CATCH
--> 'eh_rethrow' | 4

-- rule: t-sql/language-elements/print-transact-sql: PRINT sends a message of at most 8,000 characters
DECLARE @i int = 5
PRINT 'Number ' + CAST(@i AS varchar(10))
PRINT @i
PRINT N'☃'
--? Number 5
--? 5
--? ☃

-- rule: t-sql/language-elements/print-transact-sql: NULL prints as a blank
PRINT NULL
--?  

-- rule: t-sql/language-elements/return-transact-sql: RETURN leaves the batch
SELECT 1
RETURN
SELECT 2
--> 1

-- rule: t-sql/language-elements/while-transact-sql: BREAK leaves the loop, CONTINUE starts the next round
DECLARE @i int = 0, @s varchar(20) = ''
WHILE @i < 10
BEGIN
  SET @i += 1
  IF @i = 3 CONTINUE
  IF @i = 6 BREAK
  SET @s += CAST(@i AS varchar(2))
END
SELECT @s, @i
--> '1245' | 6

-- rule: t-sql/language-elements/break-transact-sql: BREAK leaves the innermost loop only
DECLARE @i int = 0, @j int, @n int = 0
WHILE @i < 3
BEGIN
  SET @i += 1
  SET @j = 0
  WHILE 1 = 1 BEGIN SET @j += 1; SET @n += 1; IF @j = 2 BREAK END
END
SELECT @i, @n
--> 3 | 6

-- rule: t-sql/language-elements/break-transact-sql: BREAK and CONTINUE need a loop
BREAK
--! 135 15

CONTINUE
--! 136 15

-- rule: t-sql/language-elements/waitfor-transact-sql: WAITFOR DELAY waits
DECLARE @t datetime2 = SYSDATETIME()
WAITFOR DELAY '00:00:00.050'
SELECT IIF(DATEDIFF(millisecond, @t, SYSDATETIME()) >= 45, 'waited', 'too early')
--> 'waited'

-- rule: t-sql/language-elements/waitfor-transact-sql: the time can be a variable
DECLARE @d char(12) = '00:00:00.010'
WAITFOR DELAY @d
SELECT 'done'
--> 'done'

-- rule: t-sql/language-elements/waitfor-transact-sql: anything else is an error
WAITFOR DELAY 'soon'
--! 148 15

-- rule: t-sql/language-elements/rollback-transaction-transact-sql: without a transaction ROLLBACK and COMMIT are errors
ROLLBACK
COMMIT
--! 3903 16
--! 3902 16

-- rule: t-sql/language-elements/save-transaction-transact-sql: ROLLBACK to a savepoint keeps what was before it
CREATE TABLE #t (a int)
BEGIN TRAN
INSERT #t VALUES (1)
SAVE TRAN here
INSERT #t VALUES (2)
ROLLBACK TRAN here
SELECT @@TRANCOUNT
COMMIT
SELECT a FROM #t
--> 1
--> 1

-- rule: t-sql/language-elements/commit-transaction-transact-sql: only the outermost COMMIT ends a nested transaction
BEGIN TRAN
BEGIN TRAN
SELECT @@TRANCOUNT
COMMIT
SELECT @@TRANCOUNT
ROLLBACK
SELECT @@TRANCOUNT
--> 2
--> 1
--> 0

-- rule: t-sql/functions/formatmessage-transact-sql: FORMATMESSAGE makes the text without raising it
SELECT FORMATMESSAGE('Signed %i, %d, unsigned %u, hex %x', 5, -2, 50, 255), FORMATMESSAGE('Hello %s', 'you')
--> 'Signed 5, -2, unsigned 50, hex ff' | 'Hello you'

-- rule: t-sql/language-elements/begin-end-transact-sql: a block is one statement
IF 1 = 0 BEGIN SELECT 1; SELECT 2 END ELSE BEGIN SELECT 3; SELECT 4 END
--> 3
--> 4

-- rule: t-sql/language-elements/if-else-transact-sql: IF takes one statement; unknown counts as false
IF NULL = 1 SELECT 'true' ELSE SELECT 'not true'
IF EXISTS (SELECT 1 WHERE 1 = 0) SELECT 'rows'
SELECT 'next'
--> 'not true'
--> 'next'
