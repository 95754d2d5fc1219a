-- The beginning of the scripts below: one presence channel.
--
-- KEYS: the records of the sockets, how many sockets each user has, the version of the last change, and, if it is kept,
-- laravel-echo-server's own list. A record is "<version> <node> <bytes of user> <user><member as JSON>". The JSON is put
-- together from text and never decoded: numbers, spelling and order stay as Laravel wrote them.
if redis.replicate_commands then
  redis.replicate_commands() -- Redis 3.2 and 4 write nothing after TIME otherwise.
end

local records, users, clock, list = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local channel = ARGV[1]

local function read(record)
  local version, node, bytes, start = string.match(record, '^(%d+) (%S+) (%d+) ()')
  local json = start + bytes
  return {
    version = version,
    node = node,
    user = string.sub(record, start, json - 1),
    json = string.sub(record, json),
  }
end

local function write(socket, member)
  local record = member.version .. ' ' .. member.node .. ' ' .. #member.user .. ' ' .. member.user .. member.json
  redis.call('HSET', records, socket, record)
end

-- Microseconds: exact as a double until the year 2255.
local function next_version()
  local time = redis.call('TIME')
  local last = redis.call('GET', clock) or 0
  return string.format('%.0f', math.max(time[1] * 1000000 + time[2], last + 1))
end

local function quote(text)
  return (string.gsub(cjson.encode(text), '\\/', '/'))
end

local function announce(kind, socket, member, version)
  local message = { '"' .. kind .. '"', quote(channel), quote(socket), version, member.json }
  redis.call('PUBLISH', ARGV[2], '[' .. table.concat(message, ',') .. ']')
end

-- All connections, oldest first, as laravel-echo-server stores and publishes them.
local function connections()
  local found = {}
  local all = redis.call('HGETALL', records)
  for i = 1, #all, 2 do
    local member = read(all[i + 1])
    local body = string.match(member.json, '^(.*)}')
    found[#found + 1] = { tonumber(member.version), body .. ',"socketId":' .. quote(all[i]) .. '}' }
  end
  table.sort(found, function(one, other) return one[1] < other[1] end)
  for i = 1, #found do
    found[i] = found[i][2]
  end
  return '[' .. table.concat(found, ',') .. ']'
end

-- ARGV[3] is where Laravel hears of changes, or empty.
local function tell_laravel()
  if not list and ARGV[3] == '' then
    return
  end
  local members = connections()
  if list then
    redis.call('SET', list, members)
  end
  if ARGV[3] ~= '' then
    redis.call('PUBLISH', ARGV[3], '{"event":{"channel":' .. quote(channel .. ':members') .. ',"members":' .. members .. '}}')
  end
end
