-- rule: t-sql/language-elements/goto-transact-sql: statements between GOTO and its label are left out
GOTO done
SELECT 'skipped'
done:
SELECT 'done'
--> 'done'

-- rule: t-sql/language-elements/goto-transact-sql: the label may stand before the GOTO
DECLARE @i int = 0
again:
SET @i += 1
IF @i < 5 GOTO again
SELECT @i
--> 5

-- rule: t-sql/language-elements/goto-transact-sql: the page's example branches to one of two labels
DECLARE @Counter int
SET @Counter = 1
WHILE @Counter < 10
BEGIN
    SET @Counter = @Counter + 1
    IF @Counter = 4 GOTO Branch_One
    IF @Counter = 5 GOTO Branch_Two
END
Branch_One:
    SELECT 'Jumping To Branch One.'
    GOTO Branch_Three;
Branch_Two:
    SELECT 'Jumping To Branch Two.'
Branch_Three:
    SELECT 'Jumping To Branch Three.'
--> 'Jumping To Branch One.'
--> 'Jumping To Branch Three.'

-- rule: t-sql/language-elements/goto-transact-sql: GOTO leaves nested blocks and loops
WHILE 1 = 1
BEGIN
  WHILE 1 = 1
  BEGIN
    IF 1 = 1 BEGIN GOTO out_of_all END
  END
END
out_of_all:
SELECT 'out'
--> 'out'

-- rule: t-sql/language-elements/goto-transact-sql: it goes to labels inside of blocks
GOTO inside
BEGIN
  SELECT 'before'
  inside:
  SELECT 'inside'
END
SELECT 'after'
--> 'inside'
--> 'after'

-- rule: t-sql/language-elements/goto-transact-sql: and into a branch of IF whatever its condition says
GOTO in_else
IF 1 = 1 SELECT 'then'
ELSE BEGIN in_else: SELECT 'else' END
--> 'else'

-- rule: t-sql/language-elements/goto-transact-sql: into the body of a loop, whose condition is tested after it
DECLARE @i int = 10
GOTO in_loop
WHILE @i < 3
BEGIN
  SELECT 'top'
  in_loop:
  SET @i += 1
END
SELECT @i
--> 11

-- rule: t-sql/language-elements/goto-transact-sql: a label alone does nothing
one: two: SELECT 1
--> 1

-- rule: t-sql/language-elements/goto-transact-sql: names are the same in any case, and can be delimited
GOTO [The End]
SELECT 'skipped'
[the end]:
SELECT 'end'
--> 'end'

-- rule: relational-databases/errors-events/database-engine-events-and-errors-0-to-999: a label that is not there is error 133, before anything is executed
SELECT 1
GOTO nowhere
--! 133 15

-- rule: relational-databases/errors-events/database-engine-events-and-errors-0-to-999: a label that is there twice is error 132
a: SELECT 1
A: SELECT 2
--! 132 15

-- rule: t-sql/language-elements/goto-transact-sql: a label of another batch is none
GOTO elsewhere
GO
elsewhere: SELECT 'other batch'
--> 'other batch'
--! 133 15

-- rule: t-sql/language-elements/try-catch-transact-sql: GOTO cannot enter a TRY or CATCH block
GOTO inside
BEGIN TRY
  inside: SELECT 1
END TRY
BEGIN CATCH
END CATCH
--! 1026 15

-- rule: t-sql/language-elements/try-catch-transact-sql: nor go from the TRY to its CATCH
BEGIN TRY GOTO handler END TRY
BEGIN CATCH handler: SELECT 1 END CATCH
--! 1026 15

-- rule: t-sql/language-elements/try-catch-transact-sql: it can go to a label in the same TRY or CATCH, and leave it
DECLARE @i int = 0
BEGIN TRY
  again: SET @i += 1
  IF @i < 3 GOTO again
  GOTO done
  SELECT 'skipped'
END TRY
BEGIN CATCH SELECT 'caught' END CATCH
SELECT 'skipped too'
done: SELECT @i
--> 3

-- rule: t-sql/language-elements/try-catch-transact-sql: errors after leaving a TRY are not caught by it
BEGIN TRY GOTO outside END TRY BEGIN CATCH SELECT 'caught' END CATCH
outside: SELECT 1 / 0
--! 8134

-- rule: t-sql/language-elements/goto-transact-sql: procedures have labels of their own
USE tempdb
GO
CREATE PROCEDURE goto_p @a int AS
IF @a < 0 GOTO negative
SELECT 'positive'
RETURN 0
negative:
SELECT 'negative'
RETURN 1
GO
DECLARE @r int; EXEC @r = goto_p -1; SELECT @r; EXEC goto_p 1
--> 'negative'
--> 1
--> 'positive'

-- rule: t-sql/language-elements/goto-transact-sql: a procedure cannot go to a label of its caller
USE tempdb
GO
CREATE PROCEDURE goto_q AS GOTO outer_label
--! 133 15

-- rule: t-sql/language-elements/goto-transact-sql: triggers have them as well
USE tempdb
CREATE TABLE goto_t (a int)
GO
CREATE TRIGGER goto_ti ON goto_t AFTER INSERT AS
IF NOT EXISTS (SELECT 1 FROM inserted) GOTO done
SELECT 'rows'
done:
GO
INSERT goto_t SELECT 1 WHERE 1 = 0; INSERT goto_t VALUES (1)
--> 'rows'

-- rule: t-sql/language-elements/goto-transact-sql: GOTO in a CATCH block retries what is behind a label outside
DECLARE @tries int = 0, @x int
retry:
BEGIN TRY
  SET @tries += 1
  SET @x = 1 / (@tries - 3)
  IF @tries < 3 SET @x = 1 / 0
  SELECT 'through', @tries
END TRY
BEGIN CATCH
  IF @tries < 4 GOTO retry
  SELECT 'gave up'
END CATCH
--> 'through' | 4
