-- Answers with the version and all records.
return { redis.call('GET', clock) or next_version(), redis.call('HVALS', records) }
