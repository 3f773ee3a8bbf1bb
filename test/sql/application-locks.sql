-- rule: relational-databases/system-stored-procedures/sp-getapplock-transact-sql: 0 when the lock was granted at once
DECLARE @r int
EXEC @r = sp_getapplock @Resource = 'form', @LockMode = 'Exclusive', @LockOwner = 'Session'
SELECT @r
EXEC @r = sp_releaseapplock @Resource = 'form', @LockOwner = 'Session'
SELECT @r
--> 0
--> 0

-- rule: relational-databases/system-stored-procedures/sp-getapplock-transact-sql: the owner is the transaction unless it is said otherwise, and there has to be one
DECLARE @r int
EXEC @r = sp_getapplock 'form', 'Shared'
SELECT @r
BEGIN TRAN
EXEC @r = sp_getapplock 'form', 'Shared'
SELECT @r
COMMIT
--> -999
--> 0

-- rule: relational-databases/system-stored-procedures/sp-getapplock-transact-sql: a mode that is none
DECLARE @r int
EXEC @r = sp_getapplock 'form', 'Sideways', 'Session'
SELECT @r
--> -999

-- rule: relational-databases/system-stored-procedures/sp-releaseapplock-transact-sql: a lock is released as often as it was taken, and not once more
EXEC sp_getapplock 'twice', 'Exclusive', 'Session'; EXEC sp_getapplock 'twice', 'Exclusive', 'Session'
DECLARE @r int
EXEC @r = sp_releaseapplock 'twice', 'Session'; SELECT @r
EXEC @r = sp_releaseapplock 'twice', 'Session'; SELECT @r
EXEC sp_releaseapplock 'twice', 'Session'
--> 0
--> 0
--! 1223 16

-- rule: relational-databases/system-stored-procedures/sp-getapplock-transact-sql: the transaction's locks end with it
BEGIN TRAN
EXEC sp_getapplock 'tran', 'Exclusive'
ROLLBACK
BEGIN TRAN
EXEC sp_releaseapplock 'tran'
--! 1223
