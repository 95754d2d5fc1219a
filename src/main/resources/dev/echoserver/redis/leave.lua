-- Takes the socket ARGV[4] out; if ARGV[5] is not empty, only if it is still of the node of that name.
local socket, node = ARGV[4], ARGV[5]
local record = redis.call('HGET', records, socket)
if not record then
  return 0
end
local member = read(record)
if node ~= '' and member.node ~= node then
  return 0
end
local version = next_version()
redis.call('HDEL', records, socket) -- The first write: Redis allows this, and then the others, even if it is full.
if redis.call('EXISTS', records) == 1 then
  redis.call('SET', clock, version)
else
  redis.call('DEL', clock)
end
if redis.call('HINCRBY', users, member.user, -1) < 1 then
  redis.call('HDEL', users, member.user)
  announce('leaving', socket, member, version)
end
tell_laravel()
return 1
