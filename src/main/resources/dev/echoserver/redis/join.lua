-- Puts the socket ARGV[4] of the node ARGV[5] in, as the user ARGV[6], who is ARGV[7] in JSON. One that is in already
-- only moves to that node.
local socket, node, user, json = ARGV[4], ARGV[5], ARGV[6], ARGV[7]
local known = redis.call('HGET', records, socket)
if not known then
  local member = { version = next_version(), node = node, user = user, json = json }
  write(socket, member) -- The first write: if Redis is full, this is refused and nothing has changed.
  redis.call('SET', clock, member.version)
  if redis.call('HINCRBY', users, user, 1) == 1 then
    announce('joining', socket, member, member.version)
  end
  tell_laravel()
else
  local member = read(known)
  if member.node ~= node then
    member.node = node
    write(socket, member)
  end
end
return 1
