-- rapporteur: a writer for pandoc. `pandoc FILE -t rapporteur.lua` gives the XML of a meeting report.
--
-- The document's tree is handed to the program rapporteur (RAPPORTEUR in the environment, else as below), which does all
-- the work. Works with the classic writers of pandoc 2.15 to 2.19 and with the writers of pandoc 3.

local program = os.getenv('RAPPORTEUR') or 'rapporteur'

local function report(document)
  return pandoc.pipe(program, {'parse', '-q', '-f', 'pandoc-json', '-'}, pandoc.write(document, 'json'))
end

if PANDOC_VERSION >= {3, 0} then
  function Writer(document)
    return report(document)
  end
else
  -- A classic writer is asked for a text for each element; none of them matters but the last.
  setmetatable(_G, {__index = function(_, name)
    if name:match('^%u') then
      return function() return '' end
    end
  end})
  function Blocksep()
    return ''
  end
  function Doc()
    return report(PANDOC_DOCUMENT)
  end
end
