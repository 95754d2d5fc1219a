-- Makes the node ARGV[1] known. KEYS[1] holds when each node was last heard of, in milliseconds; 0 means that it is dead
-- and being buried. ARGV[2], if not empty, is the older name of this node: unless that is dead, it gets one more expiry,
-- so that its sockets can move.
if redis.replicate_commands then
  redis.replicate_commands()
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZADD', KEYS[1], string.format('%.0f', now), ARGV[1])
if ARGV[2] ~= '' and tonumber(redis.call('ZSCORE', KEYS[1], ARGV[2]) or 1) > 0 then
  redis.call('ZADD', KEYS[1], string.format('%.0f', now), ARGV[2])
end
return 1
