CREATE SEQUENCE user_id START 2;

COMMENT ON SEQUENCE user_id IS 'Ids of users from 2 on; 1 is the user admin of every installation';
