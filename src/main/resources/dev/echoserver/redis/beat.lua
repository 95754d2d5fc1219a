-- Says that the node ARGV[1] lives. Those not heard of for ARGV[2] milliseconds are dead from now on, for good. Answers
-- with whether the node itself is still known, and with the dead who have not been buried yet.
if redis.replicate_commands then
  redis.replicate_commands()
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local expired = now - ARGV[2]
local heard = tonumber(redis.call('ZSCORE', KEYS[1], ARGV[1]) or 0)
if heard == 0 then
  return { 0, {} }
end
local present = string.format('%.0f', now)
redis.call('ZADD', KEYS[1], present, ARGV[1])
-- Who was last heard of in the future was so before the clock of Redis was set back; the dead must not live until then.
for _, node in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. present, '+inf')) do
  redis.call('ZADD', KEYS[1], present, node)
end
-- A node that is late itself does not judge: it was Redis that was away, or its clock was set, so all have their time anew.
local verdict = heard > expired and 0 or present
for _, node in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '(0', string.format('%.0f', expired))) do
  redis.call('ZADD', KEYS[1], verdict, node)
end
return { 1, redis.call('ZRANGEBYSCORE', KEYS[1], 0, 0) }
