-- rule: t-sql/language-elements/declare-cursor-transact-sql: a cursor goes through the rows of its query
CREATE TABLE #t (id int PRIMARY KEY, n varchar(10)); INSERT #t VALUES (1, 'one'), (2, 'two'), (3, 'three')
DECLARE @id int, @n varchar(10), @all varchar(100) = ''
DECLARE c1 CURSOR FOR SELECT id, n FROM #t ORDER BY id
OPEN c1
FETCH NEXT FROM c1 INTO @id, @n
WHILE @@FETCH_STATUS = 0
BEGIN
  SET @all += CONCAT(@id, @n, ' ')
  FETCH NEXT FROM c1 INTO @id, @n
END
CLOSE c1
DEALLOCATE c1
SELECT @all
--> '1one 2two 3three '

-- rule: t-sql/language-elements/fetch-transact-sql: without INTO each FETCH answers a result set of one row
DECLARE c1 CURSOR FOR SELECT value AS v FROM GENERATE_SERIES(1, 2) ORDER BY value
OPEN c1
FETCH NEXT FROM c1
FETCH c1
FETCH FROM c1
DEALLOCATE c1
--= v
--> 1
--= v
--> 2
--= v

-- rule: t-sql/functions/fetch-status-transact-sql: 0 for a row, -1 beyond the result set
DECLARE @v int
DECLARE c1 CURSOR FOR SELECT 7
OPEN c1
FETCH c1 INTO @v; SELECT @@FETCH_STATUS, @v
FETCH c1 INTO @v; SELECT @@FETCH_STATUS, @v
DEALLOCATE c1
--> 0 | 7
--> -1 | 7

-- rule: t-sql/functions/fetch-status-transact-sql: it is of the last FETCH of the connection, whatever cursor
DECLARE @v int
DECLARE a CURSOR FOR SELECT 1
DECLARE b CURSOR FOR SELECT 1 WHERE 1 = 0
OPEN a; OPEN b
FETCH a INTO @v; SELECT @@FETCH_STATUS
FETCH b INTO @v; SELECT @@FETCH_STATUS
FETCH a INTO @v; SELECT @@FETCH_STATUS
DEALLOCATE a; DEALLOCATE b
--> 0
--> -1
--> -1

-- rule: t-sql/language-elements/fetch-transact-sql: a scrolling cursor goes to the first, the last and the row before
DECLARE c1 SCROLL CURSOR FOR SELECT value FROM GENERATE_SERIES(1, 5) ORDER BY value
OPEN c1
FETCH LAST FROM c1; FETCH PRIOR FROM c1; FETCH FIRST FROM c1; FETCH NEXT FROM c1
DEALLOCATE c1
--> 5
--> 4
--> 1
--> 2

-- rule: t-sql/language-elements/fetch-transact-sql: ABSOLUTE counts from the first row, with a negative number from the last
DECLARE c1 CURSOR STATIC FOR SELECT value FROM GENERATE_SERIES(1, 5) ORDER BY value
OPEN c1
FETCH ABSOLUTE 2 FROM c1; FETCH ABSOLUTE -2 FROM c1; FETCH ABSOLUTE 0 FROM c1; SELECT @@FETCH_STATUS; FETCH NEXT FROM c1
DEALLOCATE c1
--> 2
--> 4
--> -1
--> 1

-- rule: t-sql/language-elements/fetch-transact-sql: RELATIVE counts from the current row; 0 is that row again
DECLARE c1 CURSOR STATIC FOR SELECT value FROM GENERATE_SERIES(1, 5) ORDER BY value
OPEN c1
FETCH RELATIVE 2 FROM c1; FETCH RELATIVE 2 FROM c1; FETCH RELATIVE 0 FROM c1; FETCH RELATIVE -3 FROM c1
DEALLOCATE c1
--> 2
--> 4
--> 4
--> 1

-- rule: t-sql/language-elements/fetch-transact-sql: the first FETCH RELATIVE with 0 or a negative number returns no row
DECLARE c1 CURSOR STATIC FOR SELECT 1
OPEN c1
FETCH RELATIVE 0 FROM c1; SELECT @@FETCH_STATUS
DEALLOCATE c1
--> -1

-- rule: t-sql/language-elements/fetch-transact-sql: the number can be a variable
DECLARE @n int = 3
DECLARE c1 CURSOR STATIC FOR SELECT value FROM GENERATE_SERIES(1, 5) ORDER BY value
OPEN c1
FETCH ABSOLUTE @n FROM c1; SET @n = -1; FETCH RELATIVE @n FROM c1
DEALLOCATE c1
--> 3
--> 2

-- rule: t-sql/language-elements/fetch-transact-sql: beyond the last row PRIOR is the last
DECLARE c1 CURSOR STATIC FOR SELECT value FROM GENERATE_SERIES(1, 3) ORDER BY value
OPEN c1
FETCH ABSOLUTE 99 FROM c1; SELECT @@FETCH_STATUS; FETCH PRIOR FROM c1
DEALLOCATE c1
--> -1
--> 3

-- rule: t-sql/language-elements/declare-cursor-transact-sql: FORWARD_ONLY goes forward only
DECLARE c1 CURSOR FORWARD_ONLY FOR SELECT 1
OPEN c1
FETCH PRIOR FROM c1
--! 16911 16 1

-- rule: t-sql/language-elements/declare-cursor-transact-sql: so does a cursor that says nothing of it, in ISO syntax too
DECLARE c1 CURSOR FOR SELECT 1
OPEN c1
FETCH FIRST FROM c1
--! 16911

-- rule: t-sql/language-elements/declare-cursor-transact-sql: and FAST_FORWARD
DECLARE c1 CURSOR FAST_FORWARD FOR SELECT 1
OPEN c1
FETCH LAST FROM c1
--! 16911

-- rule: t-sql/language-elements/declare-cursor-transact-sql: STATIC, KEYSET and DYNAMIC scroll when nothing else is said
CREATE TABLE #t (id int PRIMARY KEY); INSERT #t VALUES (1), (2), (3)
DECLARE s CURSOR STATIC FOR SELECT id FROM #t; DECLARE k CURSOR KEYSET FOR SELECT id FROM #t; DECLARE d CURSOR DYNAMIC FOR SELECT id FROM #t
OPEN s; OPEN k; OPEN d
FETCH LAST FROM s; FETCH LAST FROM k; FETCH LAST FROM d
DEALLOCATE s; DEALLOCATE k; DEALLOCATE d
--> 3
--> 3
--> 3

-- rule: t-sql/language-elements/fetch-transact-sql: DYNAMIC has no FETCH ABSOLUTE
CREATE TABLE #t (id int PRIMARY KEY)
DECLARE d CURSOR DYNAMIC SCROLL FOR SELECT id FROM #t
OPEN d
FETCH ABSOLUTE 1 FROM d
--! 16925

-- rule: t-sql/language-elements/declare-cursor-transact-sql: STATIC does not see what changes after OPEN
CREATE TABLE #t (id int PRIMARY KEY, n int); INSERT #t VALUES (1, 10), (2, 20), (3, 30)
DECLARE c1 CURSOR STATIC FOR SELECT id, n FROM #t ORDER BY id
OPEN c1
UPDATE #t SET n = 99; DELETE #t WHERE id = 2; INSERT #t VALUES (4, 40)
FETCH NEXT FROM c1; FETCH NEXT FROM c1; FETCH NEXT FROM c1; FETCH NEXT FROM c1
DEALLOCATE c1
--> 1 | 10
--> 2 | 20
--> 3 | 30

-- rule: t-sql/language-elements/declare-cursor-transact-sql: INSENSITIVE is the same in ISO syntax
CREATE TABLE #t (id int PRIMARY KEY); INSERT #t VALUES (1)
DECLARE c1 INSENSITIVE CURSOR FOR SELECT id FROM #t
OPEN c1
DELETE #t
FETCH NEXT FROM c1
DEALLOCATE c1
--> 1

-- rule: t-sql/language-elements/declare-cursor-transact-sql: KEYSET keeps its rows and their order, and shows their values as they are
CREATE TABLE #t (id int PRIMARY KEY, n int); INSERT #t VALUES (1, 10), (2, 20)
DECLARE c1 CURSOR KEYSET FOR SELECT id, n FROM #t ORDER BY id
OPEN c1
UPDATE #t SET n = n + 1; INSERT #t VALUES (3, 30)
FETCH NEXT FROM c1; FETCH NEXT FROM c1; FETCH NEXT FROM c1; SELECT @@FETCH_STATUS
DEALLOCATE c1
--> 1 | 11
--> 2 | 21
--> -1

-- rule: t-sql/functions/fetch-status-transact-sql: -2 for a row of a keyset that has been deleted
CREATE TABLE #t (id int PRIMARY KEY); INSERT #t VALUES (1), (2), (3)
DECLARE @id int
DECLARE c1 CURSOR KEYSET FOR SELECT id FROM #t ORDER BY id
OPEN c1
DELETE #t WHERE id = 2
FETCH c1 INTO @id; SELECT @@FETCH_STATUS, @id
FETCH c1 INTO @id; SELECT @@FETCH_STATUS, @id
FETCH c1 INTO @id; SELECT @@FETCH_STATUS, @id
DEALLOCATE c1
--> 0 | 1
--> -2 | 1
--> 0 | 3

-- rule: t-sql/language-elements/declare-cursor-transact-sql: DYNAMIC shows rows that came and leaves out those that went
CREATE TABLE #t (id int PRIMARY KEY, n int); INSERT #t VALUES (1, 1), (2, 2), (3, 3)
DECLARE c1 CURSOR DYNAMIC FOR SELECT id FROM #t WHERE n < 100
OPEN c1
FETCH NEXT FROM c1
DELETE #t WHERE id = 2; UPDATE #t SET n = 200 WHERE id = 3; INSERT #t VALUES (4, 4)
FETCH NEXT FROM c1; FETCH NEXT FROM c1
DEALLOCATE c1
--> 1
--> 4

-- rule: t-sql/functions/cursor-rows-transact-sql: the rows of a static or keyset cursor, -1 of a dynamic one, 0 without an open one
CREATE TABLE #t (id int PRIMARY KEY); INSERT #t VALUES (1), (2)
SELECT @@CURSOR_ROWS
DECLARE s CURSOR STATIC FOR SELECT id FROM #t; DECLARE k CURSOR KEYSET FOR SELECT id FROM #t; DECLARE d CURSOR DYNAMIC FOR SELECT id FROM #t
OPEN s; SELECT @@CURSOR_ROWS
OPEN k; SELECT @@CURSOR_ROWS
OPEN d; SELECT @@CURSOR_ROWS
CLOSE d; SELECT @@CURSOR_ROWS
DEALLOCATE s; DEALLOCATE k; DEALLOCATE d
--> 0
--> 2
--> 2
--> -1
--> 0

-- rule: t-sql/language-elements/declare-cursor-transact-sql: UPDATE WHERE CURRENT OF changes the row that was fetched
CREATE TABLE #t (id int PRIMARY KEY, n int); INSERT #t VALUES (1, 1), (2, 2), (3, 3)
DECLARE @id int
DECLARE c1 CURSOR FOR SELECT id FROM #t WHERE id <> 2
OPEN c1
FETCH c1 INTO @id
WHILE @@FETCH_STATUS = 0
BEGIN
  UPDATE #t SET n = n * 10 WHERE CURRENT OF c1
  FETCH c1 INTO @id
END
DEALLOCATE c1
SELECT id, n FROM #t ORDER BY id
--> 1 | 10
--> 2 | 2
--> 3 | 30

-- rule: t-sql/statements/delete-transact-sql: DELETE WHERE CURRENT OF takes it away
CREATE TABLE #t (id int PRIMARY KEY); INSERT #t VALUES (1), (2), (3)
DECLARE @id int
DECLARE c1 CURSOR FOR SELECT id FROM #t ORDER BY id
OPEN c1
FETCH c1 INTO @id; FETCH c1 INTO @id
DELETE FROM #t WHERE CURRENT OF c1
FETCH c1 INTO @id; SELECT @id, @@FETCH_STATUS
DEALLOCATE c1
SELECT id FROM #t ORDER BY id
--> 3 | 0
--> 1
--> 3

-- rule: t-sql/queries/update-transact-sql: @@ROWCOUNT of a positioned UPDATE is 1
CREATE TABLE #t (id int, n int); INSERT #t VALUES (1, 1), (1, 1)
DECLARE c1 CURSOR FOR SELECT n FROM #t
OPEN c1
FETCH c1
UPDATE #t SET n = 5 WHERE CURRENT OF c1; SELECT @@ROWCOUNT
DEALLOCATE c1
SELECT COUNT(*) FROM #t WHERE n = 5
--> 1
--> 1
--> 1

-- rule: t-sql/language-elements/declare-cursor-transact-sql: a READ_ONLY cursor has no positioned changes
CREATE TABLE #t (id int); INSERT #t VALUES (1)
DECLARE c1 CURSOR READ_ONLY FOR SELECT id FROM #t
OPEN c1
FETCH c1
DELETE #t WHERE CURRENT OF c1
--> 1
--! 16929 16 1

-- rule: t-sql/language-elements/declare-cursor-transact-sql: nor does a STATIC one
CREATE TABLE #t (id int); INSERT #t VALUES (1)
DECLARE c1 CURSOR STATIC FOR SELECT id FROM #t
OPEN c1
FETCH c1
UPDATE #t SET id = 2 WHERE CURRENT OF c1
--> 1
--! 16929

-- rule: t-sql/language-elements/declare-cursor-transact-sql: FOR READ ONLY in ISO syntax
CREATE TABLE #t (id int); INSERT #t VALUES (1)
DECLARE c1 CURSOR FOR SELECT id FROM #t FOR READ ONLY
OPEN c1
FETCH c1
DELETE #t WHERE CURRENT OF c1
--> 1
--! 16929

-- rule: t-sql/language-elements/declare-cursor-transact-sql: FOR UPDATE OF names the columns that may be set
CREATE TABLE #t (id int, a int, b int); INSERT #t VALUES (1, 1, 1)
DECLARE c1 CURSOR FOR SELECT id FROM #t FOR UPDATE OF a
OPEN c1
FETCH c1
UPDATE #t SET a = 5 WHERE CURRENT OF c1; SELECT a, b FROM #t
UPDATE #t SET b = 5 WHERE CURRENT OF c1
--> 1
--> 5 | 1
--! 16932 16 1

-- rule: relational-databases/errors-events/database-engine-events-and-errors-16000-to-17999: WHERE CURRENT OF without a fetched row
CREATE TABLE #t (id int); INSERT #t VALUES (1)
DECLARE c1 CURSOR FOR SELECT id FROM #t
OPEN c1
DELETE #t WHERE CURRENT OF c1
--! 16931 16 1

-- rule: relational-databases/errors-events/database-engine-events-and-errors-16000-to-17999: a table that is not in the cursor
CREATE TABLE #t (id int); INSERT #t VALUES (1); CREATE TABLE #u (id int)
DECLARE c1 CURSOR FOR SELECT id FROM #t
OPEN c1
FETCH c1
DELETE #u WHERE CURRENT OF c1
--> 1
--! 16933 16 1

-- rule: t-sql/language-elements/declare-cursor-transact-sql: OPTIMISTIC refuses a row that others changed since it was fetched
CREATE TABLE #t (id int, n int); INSERT #t VALUES (1, 1)
DECLARE c1 CURSOR OPTIMISTIC FOR SELECT id FROM #t
OPEN c1
FETCH c1
UPDATE #t SET n = 2
UPDATE #t SET n = 3 WHERE CURRENT OF c1
SELECT n FROM #t
--> 1
--> 2
--! 16934

-- rule: t-sql/language-elements/declare-cursor-transact-sql: what was changed through the cursor may be changed again
CREATE TABLE #t (id int, n int); INSERT #t VALUES (1, 1)
DECLARE c1 CURSOR OPTIMISTIC FOR SELECT id FROM #t
OPEN c1
FETCH c1
UPDATE #t SET n = 2 WHERE CURRENT OF c1
UPDATE #t SET n += 5 WHERE CURRENT OF c1
SELECT n FROM #t
DEALLOCATE c1
--> 1
--> 7

-- rule: t-sql/language-elements/declare-cursor-transact-sql: variables in the query have the values they had at DECLARE
DECLARE @x int = 1
DECLARE c1 CURSOR FOR SELECT @x
SET @x = 2
OPEN c1
FETCH c1
DEALLOCATE c1
--> 1

-- rule: t-sql/language-elements/declare-cursor-transact-sql: a name is for one cursor
DECLARE c1 CURSOR FOR SELECT 1
DECLARE c1 CURSOR FOR SELECT 2
--! 16915 16 1

-- rule: t-sql/language-elements/declare-cursor-transact-sql: a local and a global cursor may share it; the local one is meant
DECLARE c1 CURSOR GLOBAL FOR SELECT 'global'
DECLARE c1 CURSOR LOCAL FOR SELECT 'local'
OPEN c1; FETCH c1
OPEN GLOBAL c1; FETCH NEXT FROM GLOBAL c1
DEALLOCATE GLOBAL c1; DEALLOCATE c1
--> 'local'
--> 'global'

-- rule: t-sql/language-elements/declare-cursor-transact-sql: a local cursor is gone with its batch, a global one stays for the connection
DECLARE g CURSOR GLOBAL FOR SELECT 'still here'
DECLARE l CURSOR LOCAL FOR SELECT 1
OPEN g; OPEN l
GO
FETCH g
FETCH l
--> 'still here'
--! 16916 16 1

-- rule: t-sql/language-elements/open-transact-sql: a cursor that does not exist cannot be opened
OPEN nothing
--! 16916

-- rule: t-sql/language-elements/open-transact-sql: nor one that is open
DECLARE c1 CURSOR FOR SELECT 1
OPEN c1
OPEN c1
--! 16905 16 1

-- rule: t-sql/language-elements/close-transact-sql: a closed cursor can be opened again, and starts again
DECLARE c1 CURSOR FOR SELECT value FROM GENERATE_SERIES(1, 2) ORDER BY value
OPEN c1; FETCH c1; FETCH c1; CLOSE c1
OPEN c1; FETCH c1; DEALLOCATE c1
--> 1
--> 2
--> 1

-- rule: t-sql/language-elements/close-transact-sql: FETCH and CLOSE need an open cursor
DECLARE c1 CURSOR FOR SELECT 1
FETCH c1
CLOSE c1
--! 16917 16
--! 16917 16

-- rule: t-sql/language-elements/deallocate-transact-sql: a name that is deallocated is free again
DECLARE c1 CURSOR FOR SELECT 1
DEALLOCATE c1
DECLARE c1 CURSOR FOR SELECT 2
OPEN c1; FETCH c1; DEALLOCATE c1
DEALLOCATE c1
--> 2
--! 16916

-- rule: t-sql/language-elements/fetch-transact-sql: INTO has as many variables as the query has columns
DECLARE @a int, @b int
DECLARE c1 CURSOR FOR SELECT 1
OPEN c1
FETCH c1 INTO @a, @b
--! 16924 16 1

-- rule: t-sql/language-elements/fetch-transact-sql: values are converted to the variables' types
DECLARE @a varchar(10), @b decimal(5, 2)
DECLARE c1 CURSOR FOR SELECT 12, '3.14159'
OPEN c1
FETCH c1 INTO @a, @b
SELECT @a + '!', @b
DEALLOCATE c1
--> '12!' | 3.14

-- rule: t-sql/functions/cursor-status-transact-sql: -3 does not exist, -1 closed, 0 open and empty, 1 open with rows
DECLARE c1 CURSOR STATIC FOR SELECT 1; DECLARE c2 CURSOR STATIC FOR SELECT 1 WHERE 1 = 0
SELECT CURSOR_STATUS('global', 'nothing'), CURSOR_STATUS('global', 'c1'), CURSOR_STATUS('local', 'c1')
OPEN c1; OPEN c2
SELECT CURSOR_STATUS('global', 'c1'), CURSOR_STATUS('global', 'c2')
DEALLOCATE c1; DEALLOCATE c2
--> -3 | -1 | -3
--> 1 | 0

-- rule: t-sql/functions/cursor-status-transact-sql: of a variable, -2 while it has no cursor
DECLARE @c CURSOR
SELECT CURSOR_STATUS('variable', '@c'), CURSOR_STATUS('variable', '@none')
SET @c = CURSOR STATIC FOR SELECT 1
SELECT CURSOR_STATUS('variable', '@c')
OPEN @c
SELECT CURSOR_STATUS('variable', '@c')
--> -2 | -3
--> -1
--> 1

-- rule: t-sql/functions/cursor-status-transact-sql: a dynamic cursor never has the status 0
CREATE TABLE #t (id int)
DECLARE c1 CURSOR DYNAMIC FOR SELECT id FROM #t
OPEN c1
SELECT CURSOR_STATUS('global', 'c1')
DEALLOCATE c1
--> 1

-- rule: t-sql/language-elements/set-local-variable-transact-sql: SET gives a variable a cursor of its own
DECLARE @c CURSOR
SET @c = CURSOR SCROLL FOR SELECT value FROM GENERATE_SERIES(1, 3) ORDER BY value
OPEN @c
FETCH LAST FROM @c; FETCH PRIOR FROM @c
CLOSE @c; DEALLOCATE @c
--> 3
--> 2

-- rule: t-sql/language-elements/set-local-variable-transact-sql: or one that has a name, which both stand for then
DECLARE @c CURSOR, @d CURSOR
DECLARE c1 CURSOR FOR SELECT value FROM GENERATE_SERIES(1, 4) ORDER BY value
SET @c = c1
SET @d = @c
OPEN c1
FETCH c1; FETCH @c; FETCH @d
DEALLOCATE c1
FETCH @d
--> 1
--> 2
--> 3
--> 4

-- rule: t-sql/language-elements/deallocate-transact-sql: a cursor is there until its last reference is deallocated
DECLARE @c CURSOR
DECLARE c1 CURSOR LOCAL FOR SELECT 'row'
SET @c = c1
OPEN @c
DEALLOCATE c1
FETCH @c
DEALLOCATE @c
FETCH @c
--> 'row'
--! 16950 16

-- rule: relational-databases/errors-events/database-engine-events-and-errors-16000-to-17999: a cursor variable without a cursor
DECLARE @c CURSOR
OPEN @c
--! 16950 16

-- rule: relational-databases/errors-events/database-engine-events-and-errors-16000-to-17999: a variable that is none
DECLARE @i int
OPEN @i
--! 16948 16

-- rule: t-sql/language-elements/declare-cursor-transact-sql: options that contradict one another
DECLARE c1 CURSOR SCROLL FAST_FORWARD FOR SELECT 1
--! 1048 15

DECLARE c1 CURSOR STATIC DYNAMIC FOR SELECT 1
--! 1048 15

DECLARE c1 CURSOR FAST_FORWARD FOR SELECT 1 FOR UPDATE
--! 1048 15

DECLARE c1 CURSOR FAST_FORWARD SCROLL_LOCKS FOR SELECT 1
--! 1048 15

DECLARE c1 CURSOR LOCAL GLOBAL FOR SELECT 1
--! 1048 15

-- rule: t-sql/language-elements/declare-cursor-transact-sql: names of the query are resolved when it is declared
DECLARE c1 CURSOR FOR SELECT a FROM no_such_table
SELECT 'not reached'
--! 208

-- rule: t-sql/language-elements/declare-cursor-transact-sql: the query may have WITH, and be of any kind
DECLARE c1 CURSOR FOR WITH x AS (SELECT 1 AS a UNION ALL SELECT 2) SELECT a FROM x WHERE a > 1
OPEN c1; FETCH c1; DEALLOCATE c1
--> 2

-- rule: t-sql/language-elements/declare-cursor-transact-sql: a query that needs a work table is copied, so it has a number of rows
DECLARE c1 CURSOR FOR SELECT 1 AS a UNION SELECT 2
OPEN c1; SELECT @@CURSOR_ROWS; DEALLOCATE c1
--> 2

-- rule: t-sql/language-elements/declare-cursor-transact-sql: cursors of a procedure that are local end with it
USE tempdb
GO
CREATE PROCEDURE cursors_local AS DECLARE inner_c CURSOR LOCAL FOR SELECT 1; OPEN inner_c
GO
CREATE PROCEDURE cursors_global AS DECLARE outer_c CURSOR GLOBAL FOR SELECT 'from the procedure'; OPEN outer_c
GO
EXEC cursors_local; EXEC cursors_global
SELECT CURSOR_STATUS('local', 'inner_c'), CURSOR_STATUS('global', 'inner_c')
FETCH outer_c; DEALLOCATE outer_c
--> -3 | -3
--> 'from the procedure'

-- rule: t-sql/functions/rowcount-transact-sql: FETCH sets @@ROWCOUNT to the rows it returned
DECLARE @v int
DECLARE c1 CURSOR FOR SELECT 1
OPEN c1
FETCH c1 INTO @v; SELECT @@ROWCOUNT
FETCH c1 INTO @v; SELECT @@ROWCOUNT
DEALLOCATE c1
--> 1
--> 0

-- rule: t-sql/language-elements/declare-cursor-transact-sql: cursors nest
DECLARE @a int, @b int, @all varchar(50) = ''
DECLARE o CURSOR FOR SELECT value FROM GENERATE_SERIES(1, 2) ORDER BY value
OPEN o
FETCH o INTO @a
WHILE @@FETCH_STATUS = 0
BEGIN
  DECLARE i CURSOR FOR SELECT value FROM GENERATE_SERIES(1, 2) WHERE value >= @a ORDER BY value
  OPEN i
  FETCH i INTO @b
  WHILE @@FETCH_STATUS = 0 BEGIN SET @all += CONCAT(@a, @b, ' '); FETCH i INTO @b END
  CLOSE i; DEALLOCATE i
  FETCH o INTO @a
END
CLOSE o; DEALLOCATE o
SELECT @all
--> '11 12 22 '

-- rule: t-sql/language-elements/declare-cursor-transact-sql: a positioned change goes through a view to its table
USE tempdb
CREATE TABLE cursors_t (id int PRIMARY KEY, n int); INSERT cursors_t VALUES (1, 1), (2, 2)
GO
CREATE VIEW cursors_v AS SELECT id, n FROM cursors_t
GO
DECLARE @id int
DECLARE c1 CURSOR FOR SELECT id FROM cursors_v WHERE id = 2
OPEN c1
FETCH c1 INTO @id
UPDATE cursors_v SET n = 22 WHERE CURRENT OF c1
DEALLOCATE c1
SELECT n FROM cursors_t ORDER BY id
--> 1
--> 22

-- rule: t-sql/statements/set-cursor-close-on-commit-transact-sql: cursors stay open at COMMIT unless it is ON
DECLARE c1 CURSOR STATIC FOR SELECT value FROM GENERATE_SERIES(1, 3) ORDER BY value
BEGIN TRAN; OPEN c1; COMMIT
FETCH c1; CLOSE c1
SET CURSOR_CLOSE_ON_COMMIT ON
BEGIN TRAN; OPEN c1; COMMIT
FETCH c1
--> 1
--! 16917

-- rule: t-sql/statements/set-rowcount-transact-sql: ROWCOUNT limits keyset and insensitive cursors, not dynamic ones
USE tempdb
CREATE TABLE limited_rows (id int PRIMARY KEY)
INSERT limited_rows VALUES (1), (2), (3)
SET ROWCOUNT 2
DECLARE k CURSOR KEYSET FOR SELECT id FROM limited_rows
DECLARE s CURSOR STATIC FOR SELECT id FROM limited_rows
DECLARE d CURSOR DYNAMIC FOR SELECT id FROM limited_rows
OPEN k
OPEN s
OPEN d
FETCH LAST FROM k
FETCH LAST FROM s
FETCH LAST FROM d
--> 2
--> 2
--> 3
