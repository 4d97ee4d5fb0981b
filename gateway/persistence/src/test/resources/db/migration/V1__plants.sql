CREATE TABLE plant (name text PRIMARY KEY);
