-- rule: t-sql/functions/context-info-transact-sql: NULL until SET CONTEXT_INFO gives it a value, of 128 bytes
SELECT CONTEXT_INFO()
SET CONTEXT_INFO 0x1256698456
SELECT SUBSTRING(CONTEXT_INFO(), 1, 5), DATALENGTH(CONTEXT_INFO())
--> NULL
--> 0x1256698456 | 128

-- rule: t-sql/statements/set-context-info-transact-sql: the value can be a variable, and stays behind the batch
DECLARE @c varbinary(128) = CAST('me' AS varbinary(128))
SET CONTEXT_INFO @c
GO
SELECT CAST(SUBSTRING(CONTEXT_INFO(), 1, 2) AS varchar(2))
--> 'me'

-- rule: t-sql/statements/set-context-info-transact-sql: a trigger can tell by it who is at work, and what a procedure sets stays
USE tempdb
CREATE TABLE context_t (a int)
GO
CREATE TRIGGER context_ti ON context_t AFTER INSERT AS IF SUBSTRING(CONTEXT_INFO(), 1, 1) = 0x01 RETURN; SELECT 'audited'
GO
CREATE PROCEDURE context_p AS SET CONTEXT_INFO 0x01
GO
INSERT context_t VALUES (1); EXEC context_p; INSERT context_t VALUES (2)
--> 'audited'

-- rule: t-sql/functions/session-context-transact-sql: the value sp_set_session_context gave a key, NULL for others
EXEC sp_set_session_context N'user_id', 4
EXEC sp_set_session_context @key = N'language', @value = N'English'
SELECT SESSION_CONTEXT(N'user_id'), SESSION_CONTEXT(N'language'), SESSION_CONTEXT(N'nothing')
--> 4 | English | NULL

-- rule: t-sql/functions/session-context-transact-sql: it is an sql_variant of the value's type
EXEC sp_set_session_context N'user_id', 4
SELECT CAST(SESSION_CONTEXT(N'user_id') AS int) + 1
--> 5

-- rule: relational-databases/system-stored-procedures/sp-set-session-context-transact-sql: a key can be set again, unless it was set read_only
EXEC sp_set_session_context N'k', 1; EXEC sp_set_session_context N'k', 2, @read_only = 1
SELECT SESSION_CONTEXT(N'k')
EXEC sp_set_session_context N'k', 3
--> 2
--! 15664 16
