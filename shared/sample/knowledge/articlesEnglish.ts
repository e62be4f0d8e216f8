import type { ArticleTexts } from './articles.ts';

/** Articles of the practice firm in English, in the order of the Chinese ones. */
export const articlesEnglish: readonly ArticleTexts[] = [
  {
    title: 'No hot water: checks with the customer on the phone',
    category: 'Water heaters',
    keywords: ['cold water', 'heater does not start', 'E1', 'E17', 'flow'],
    body: `## Ask first
1. Is the **gas valve** open, and does the cooker work?
2. Does the display light up? If not: plug, breaker, residual-current switch.
3. Is the water pressure as usual at a cold tap?

## Then try together
- Close the hot tap, wait 10 seconds, open it fully: the heater needs at least 2.5 litres a minute.
- Press *Reset* once. **Not more than three times an hour.**
- Clean the filter in the cold-water inlet if the flow is weak.

| Display | Meaning | What to do |
|---|---|---|
| E1 | no flame | gas valve, then one reset |
| E6 | fan | book a visit |
| E17 | sensor of the hot water | switch off for 2 minutes, then book a visit |

## When a technician must come
Any error that comes back after the reset. Book *Repair › Heating › No hot water*; with an infant or somebody ill at home the priority is **urgent**.

> If the customer smells gas, stop here and follow “Smell of gas: what to say in the first minute”.`,
  },
  {
    title: 'Smell of gas: what to say in the first minute',
    category: 'Safety',
    keywords: ['gas leak', 'danger', 'emergency', 'carbon monoxide'],
    body: `> Stay calm, speak slowly. Do not put the caller on hold.

1. “Do **not** switch anything on or off, no light, no phone near the appliance.”
2. “Open the windows, close the gas valve if you can reach it safely.”
3. “Everybody leaves the home. Call me or the gas company again from outside.”
4. Give the number of the local gas company's emergency line and of the fire service (119).

## Then
- Take name, address and number, open a ticket *Safety › Gas* with priority **urgent**.
- Tell the supervisor on duty at once; do not wait for the end of the call.
- Headache, dizziness, sickness of several people: think of carbon monoxide, call 120.

Never promise that it is harmless, and never guide a caller to open the appliance.`,
  },
  {
    title: 'Water is running out: stop it and limit the damage',
    category: 'Safety',
    keywords: ['leak', 'flooding', 'burst pipe', 'valve'],
    body: `## At once
1. Close the valve at the appliance; if it does not close, the **main valve** of the home.
2. Pull the plug or switch off the breaker **only with dry hands and feet**.
3. Neighbours below should be told.

## Write down
- Since when, how much, where it comes out (filter housing, hose, tank, joint).
- Photographs for the insurance: ask the customer to keep them.
- Who installed it and when: within 12 months of our installation the visit is free.

Book *Safety › Flooding*, priority **urgent**, and promise a call back from the technician within 30 minutes.`,
  },
  {
    title: 'Changing the filters of the water purifier',
    category: 'Water purifiers',
    keywords: ['S3', 'filter alarm', 'membrane', 'cartridge', 'reset the counter'],
    body: `| Stage | Filter | Change after |
|---|---|---|
| 1 | PP cotton | 6 months |
| 2 | active carbon | 12 months |
| 3 | membrane (RO) | 24 to 36 months |

## Steps
1. Close the inlet valve, open the tap until nothing comes.
2. Turn the cartridge a quarter **to the left**, pull it out, put the new one in, turn it to the right until it clicks.
3. Open the inlet, flush 10 minutes; the first water is cloudy and is not for drinking.
4. Hold *Reset* for 5 seconds until the filter light goes out.

The alarm stays on? The counter was not reset, or another stage is due: the display shows its number.

Filter sets are sent within 2 days. Offer the yearly package: two visits and all filters at a fixed price.`,
  },
  {
    title: 'Purifier: taste or smell of the water',
    category: 'Water purifiers',
    keywords: ['chlorine', 'odour', 'bitter', 'white flakes', 'TDS'],
    body: `## Which one is it
- **Chlorine**: the carbon stage is used up. Change it.
- **Musty, after holidays**: the water stood. Flush 10 minutes; if it comes back, disinfect on a visit.
- **Plastic**: new hoses in the first week. Harmless, goes away by flushing.
- **White flakes when it boils**: lime; the membrane lets too much through. Ask for the TDS value on the display: above 50 book a visit.

Does the cold tap without purifier taste the same? Then it is the mains: the waterworks answer for that.

Do not say that water is “completely pure”. Say which standard the appliance meets (the data sheet names it).`,
  },
  {
    title: 'Boiler: pressure falls and the radiators stay cold',
    category: 'Boilers and heat pumps',
    keywords: ['refill', 'bar', 'F22', 'radiator', 'bleed', 'no heating'],
    body: `The gauge should stand between **1.0 and 1.5 bar** when the heating is cold.

## Refill with the customer
1. Boiler off, let it cool for 20 minutes.
2. Open the filling tap under the boiler slowly until 1.2 bar, close it again.
3. Bleed the radiators, lowest floor first; read the gauge once more.

## When to send somebody
- Below 0.5 bar again within a week: there is a leak, or the expansion vessel is empty.
- Water drips from the safety valve.
- Error **F22** (too little water) or **F75** (pump) after refilling.

In frost: homes with infants, old or ill people come first, priority **major**.`,
  },
  {
    title: 'Heat pump: ice on the outdoor unit',
    category: 'Boilers and heat pumps',
    keywords: ['frost', 'defrosting', 'steam', 'outdoor unit'],
    body: `Some frost is normal: every 40 to 90 minutes the unit melts it off. Steam and dripping water are part of that.

## Ask
- Is the ice a thin white layer, or a **thick block**? A block means that defrosting fails.
- Is the air free: 50 cm behind, 1 m in front, no snow against it?
- Does the indoor display show *DEF* now and then?

## Do
- Free it from leaves and snow by hand. **No hot water, no tools on the fins.**
- Thick ice: switch to *Emergency heating*, book a visit *Boiler and heat pump › Frost and defrosting*.`,
  },
  {
    title: 'Softener: the water stays hard, or too much salt is used',
    category: 'Softeners',
    keywords: ['lime', 'salt', 'brine', 'regeneration', 'hardness'],
    body: `## Water stays hard
1. Is there salt in the tank, above the water? Has it caked? Break it with a wooden stick.
2. Is the bypass valve on *Service*, not on *Bypass*?
3. Start one regeneration by hand: hold *Regen* for 3 seconds. It takes 70 minutes.
4. Is the hardness set as the waterworks say?

## Uses much salt
A family of four uses about 4 to 6 kg a month. More than 8 kg: hardness set too high, or the valve head passes water through; book a visit *Softener › Valve head*.

Only use tablets for softeners, no table salt.`,
  },
  {
    title: 'Warranty and charges of a visit',
    category: 'Service',
    keywords: [
      'warranty',
      'price',
      'visit fee',
      'free of charge',
      'invoice',
      'complaint about charges',
    ],
    body: `| What | Warranty |
|---|---|
| whole appliance | 24 months from installation |
| heat exchanger, compressor | 60 months |
| filters, hoses, batteries | none |
| our repair | 6 months on the same fault |

## Charges outside of the warranty
- Journey and diagnosis: **80 yuan**, not charged where we repair.
- Work by the list, parts by the list. The technician shows both **before** beginning.
- Evening and weekend: 50 yuan more; emergencies (gas, flooding, electric shock) never cost more.

The customer disputes a charge? Take the receipt number, open *Complaint › Charges*. Do not promise money back: the service manager answers within 2 working days.`,
  },
  {
    title: 'Orders: delivery date, address, return',
    category: 'Orders',
    keywords: ['delivery', 'where is my order', 'change address', 'return', 'exchange', 'damaged'],
    body: `## Where is it
The order's state stands on the card. *Shipped*: tell the day, the driver calls 30 minutes before. *Open* for more than 3 days: ask the warehouse (directory “Spare parts store”).

## Change
- Date or address: until 18:00 of the day before.
- Cancel: any time before it is shipped, money back in 3 to 7 days.

## Return
- 7 days without reasons, unopened. Appliances that were installed cannot be returned, but exchanged if they are faulty within 15 days.
- **Arrived damaged**: photographs of box and label within 24 hours; we send a new one first.

Ask every caller about an order whether filters are due: the card shows the last set.`,
  },
  {
    title: 'Booking an installation: what to ask',
    category: 'Service',
    keywords: ['installation', 'appointment', 'survey', 'before the visit'],
    body: `1. Address with floor, lift and parking.
2. Which appliance, delivered already? Box unopened is fine.
3. **Heater**: gas meter and flue ready? **Purifier**: a free power point and drain under the sink? **Heat pump**: place outside at least 1 m × 2 m.
4. Who opens, and on which number do we call 30 minutes before?
5. Two possible half days.

Say what it costs beyond the standard: pipe longer than 3 m, drilling stone, a new power line. A survey is free in the city.

No flue to the outside means **no gas heater**: offer an electric one.`,
  },
  {
    title: 'An angry caller: from complaint to promise',
    category: 'Talking',
    keywords: ['complaint', 'angry', 'de-escalation', 'apology', 'repeat repair'],
    body: `1. **Let the caller finish.** Take notes, say them back: “You have waited twice in vain, is that right?”
2. Be sorry for what happened, not for “any inconvenience”. Do not blame a colleague.
3. Ask what would put it right. Write it down in the caller's own words (*remedy sought*).
4. Say what you will do, who does it, **by when**. Promise only what is in your hands.
5. Open the complaint while the caller is on the line and tell the number.

## Who may promise what
- You: a call back on the same day, an earlier visit, a visit without journey fee.
- Supervisor: up to 200 yuan, an exchange.
- More than that: service manager.

Threats, insults: say once that you want to help and cannot in this way; then pass the call to the supervisor.`,
  },
];
