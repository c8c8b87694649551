// The stories, by subject; how one is written is told in story.hpp.
#include "story.hpp"

// --- People ----------------------------------------------------------------------------------------------------------

TEST_CASE("A break in the middle of a queue begins when the item in hand is finished", "[stories]") {
  tell("break-in-the-queue");
}
TEST_CASE("A night shift goes on past midnight and finishes the item in hand at its end", "[stories]") {
  tell("shift-across-midnight");
}
TEST_CASE("A break after midnight interrupts the lot of a night shift", "[stories]") { tell("break-after-midnight"); }
TEST_CASE("Mail waits for staff while a whole team is absent", "[stories]") { tell("absence"); }
TEST_CASE("At the end of a shift the rest of a lot is handed to the next shift before other mail", "[stories]") {
  tell("finish-the-item");
}
TEST_CASE("Told to finish the lot, an agent stays past the end of the shift", "[stories]") { tell("finish-the-lot"); }
TEST_CASE("A bag that is served as a whole is finished past the end of the shift", "[stories]") {
  tell("service-per-lot");
}
TEST_CASE("A beginner takes twice as long over a lot and is sent after the expert", "[stories]") {
  tell("proficiency");
}
TEST_CASE("Mail waits while the agent walks from another station", "[stories]") { tell("move-time"); }
TEST_CASE("A break that falls due on the way to the mail is taken on arrival", "[stories]") {
  tell("break-on-the-way");
}
TEST_CASE("A break that begins late for an item of mail does not outlast the shift", "[stories]") {
  tell("break-cut-by-shift-end");
}
TEST_CASE("An agent takes the break while the mail at the position is blocked", "[stories]") {
  tell("break-while-blocked");
}
TEST_CASE("Mail of the first night is handled by the shift begun the evening before", "[stories]") {
  tell("shift-begun-before-the-run");
}
TEST_CASE("By a priority list registered mail is handled before ordinary mail", "[stories]") { tell("priority-list"); }
TEST_CASE("By the longest queue the agent goes where most mail waits", "[stories]") { tell("longest-queue"); }
TEST_CASE("By earliest due the agent goes to the most urgent mail", "[stories]") { tell("earliest-due-agents"); }
TEST_CASE("A review leaves an agent with the more urgent mail it has in hand", "[stories]") {
  tell("earliest-due-review");
}
TEST_CASE("With fixed posts mail at one post waits though another post's agent is idle", "[stories]") {
  tell("fixed-posts");
}
TEST_CASE("A review calls an agent away from flats to urgent mail after the item in hand", "[stories]") {
  tell("review-calls-away");
}
TEST_CASE("A review calls a crew away from the tables to letters on a machine", "[stories]") {
  tell("review-calls-crew");
}
TEST_CASE("A review calls the operator of a machine away to urgent mail", "[stories]") {
  tell("review-calls-operator");
}
TEST_CASE("Of mail that comes at one moment an idle agent takes what ranks first", "[stories]") {
  tell("agent-that-stands-there");
}
TEST_CASE("A machine that needs two does not start on its mail with one", "[stories]") { tell("crew-of-two"); }
TEST_CASE("A crew stops in the middle of a lot when one of it goes on a break", "[stories]") { tell("crew-break"); }
TEST_CASE("The specialist is sent to the letters so that the generalist is free for the dock", "[stories]") {
  tell("specialist-first");
}

TEST_CASE("Two machines with a crew of two each and three agents: one machine runs", "[stories]") {
  tell("three-for-two-machines");
}
TEST_CASE("One operator works at one of two machines", "[stories]") { tell("one-operator-for-two-machines"); }
TEST_CASE("A lot that comes in from the door finds the second free agent", "[stories]") {
  tell("two-lots-and-room-for-one");
}
TEST_CASE("Mail is not handed from one to another as both go on a break", "[stories]") {
  tell("breaks-at-one-instant");
}
TEST_CASE("The first post to mail costs no walk though a break came before", "[stories]") {
  tell("first-post-after-a-break");
}
TEST_CASE("A skill that no station asks for counts among an agent's skills", "[stories]") {
  tell("skill-that-no-station-asks-for");
}
TEST_CASE("A letter is not begun at the very end of a shift, and waits once", "[stories]") {
  tell("not-begun-at-the-end");
}
TEST_CASE("Who waits at a machine for the other of its crew is not sent on to other mail", "[stories]") {
  tell("crew-kept-together");
}
TEST_CASE("An agent who comes to the mail goes to the position that is not blocked", "[stories]") {
  tell("free-position-beside-a-blocked-one");
}
TEST_CASE("Who must go leaves a lot for which there is no room", "[stories]") { tell("home-from-a-blocked-position"); }
TEST_CASE("Who is called to mail may be called to more urgent mail before it goes", "[stories]") {
  tell("called-higher");
}
TEST_CASE("Who comes free goes to mail that another is called to, and the call lapses", "[stories]") {
  tell("call-lapses");
}
TEST_CASE(
    "Letters at so many an hour end where their true times add up to, at a shift's end, a closing and a departure",
    "[stories]") {
  tell("item-times-that-are-no-whole-microseconds");
}
TEST_CASE("Mail that was at a bay when the window began counts with all its time there", "[stories]") {
  tell("mean-time-after-a-warm-up");
}
TEST_CASE("The work done on a lot is kept when a shift ends while its machine is down", "[stories]") {
  tell("breakdown-at-the-shift-end");
}
TEST_CASE("Of two breaks that follow each other each keeps the mail waiting", "[stories]") { tell("two-breaks"); }
TEST_CASE("A break that falls due during a late one is taken after it, and the mail waits", "[stories]") {
  tell("second-break-on-a-late-one");
}
TEST_CASE("Letters at so many minutes each are left at a shift's end as letters at a rate are", "[stories]") {
  tell("so-long-per-item");
}
TEST_CASE("A lot given back goes where it was in a queue by priority", "[stories]") { tell("given-back-by-priority"); }

// --- Machines and queues ---------------------------------------------------------------------------------------------

TEST_CASE("A machine is set up between letters and flats and again for letters", "[stories]") {
  tell("set-up-between-products");
}
TEST_CASE("With same first letters that came later go before flats to save a set-up", "[stories]") {
  tell("set-up-same-first");
}
TEST_CASE("Letters and flats on one sort plan need no set-up between them", "[stories]") {
  tell("set-up-between-sort-plans");
}
TEST_CASE("A breakdown counted in working time stops a lot that goes on after the repair", "[stories]") {
  tell("breakdown-at-work");
}
TEST_CASE("A breakdown by the clock makes mail wait that comes during the repair", "[stories]") {
  tell("breakdown-always");
}
TEST_CASE("A machine that closes finishes the lot in hand and keeps the next till it opens", "[stories]") {
  tell("opening-hours");
}
TEST_CASE("Rejected mail is mended and read again as often as it is rejected", "[stories]") { tell("rejects-loop"); }
TEST_CASE("Mail that cannot be read is coded by hand", "[stories]") { tell("no-reads"); }
TEST_CASE("A lot splits item by item over the shares of a route and none is lost", "[stories]") { tell("share-split"); }
TEST_CASE("Letters go by the sort plan of their destination and parcels their own way", "[stories]") {
  tell("routing");
}
TEST_CASE("Lots on a conveyor and on a walk do not wait for each other", "[stories]") { tell("conveyor-and-walk"); }
TEST_CASE("Mail at the end of a conveyor waits while the next queue is full", "[stories]") { tell("conveyor-blocked"); }
TEST_CASE("Customs lets parcels go in office hours only", "[stories]") { tell("customs-office-hours"); }
TEST_CASE("A lot given back waits again", "[stories]") { tell("given-back"); }
TEST_CASE("A lot waits again when its machine was set up at the shift's end", "[stories]") {
  tell("given-back-after-set-up");
}
TEST_CASE("A breakdown breaks a set-up off", "[stories]") { tell("breakdown-while-set-up"); }
TEST_CASE("Bags are gathered in sacks", "[stories]") { tell("bags-in-sacks"); }
TEST_CASE("A bag goes when it is full or half an hour after its first item", "[stories]") { tell("bagging"); }
TEST_CASE("A full queue blocks the machine before it until a lot leaves the queue", "[stories]") {
  tell("finite-queue");
}
TEST_CASE("A lot larger than the queue enters it when it is empty", "[stories]") { tell("lot-larger-than-queue"); }
TEST_CASE("Mail waits at the door while the first queue is full", "[stories]") { tell("full-at-the-door"); }
TEST_CASE("A machine that rejects into its own full queue stands still for ever", "[stories]") {
  tell("standstill-own-queue");
}
TEST_CASE("Two machines that wait for room at each other stand still for ever", "[stories]") {
  tell("standstill-of-two");
}
TEST_CASE("Three machines in a ring stand still, and what waits behind them is not of the ring", "[stories]") {
  tell("standstill-of-three");
}
TEST_CASE("Machines that wait for each other go on while one more server is free", "[stories]") {
  tell("no-standstill-with-a-free-server");
}
TEST_CASE("Mail goes round a ring with room enough all day", "[stories]") { tell("no-standstill-in-a-ring-with-room"); }
TEST_CASE("A ring with a closed machine stands still only after it has opened", "[stories]") {
  tell("standstill-after-opening");
}
TEST_CASE("With two passes a lot queues for the machine a second time", "[stories]") { tell("two-passes"); }
TEST_CASE("In a queue by priority registered mail passes letters that wait", "[stories]") { tell("queue-by-priority"); }
TEST_CASE("In a queue by priority equal letters go by their coming into the queue", "[stories]") {
  tell("priority-then-first-come");
}
TEST_CASE("In a queue by earliest due the most urgent lot is next", "[stories]") { tell("queue-by-earliest-due"); }
TEST_CASE("Two machines share one queue", "[stories]") { tell("two-machines"); }
TEST_CASE("A lot in hand waits for its items before and after each one's turn", "[stories]") { tell("lot-in-hand"); }
TEST_CASE("A lot in hand at the end of the run is booked as far as it got", "[stories]") {
  tell("lot-in-hand-at-the-end");
}
TEST_CASE("A queue waits for staff while a position lacks its agent and else for the machine", "[stories]") {
  tell("why-a-lot-waits");
}

// --- Arrivals and due times ------------------------------------------------------------------------------------------

TEST_CASE("Mail due J+1 skips the weekend and the holiday and counts late mail to the next day", "[stories]") {
  tell("due-dates");
}
TEST_CASE("Recorded mail of ten minutes arrives spread evenly over them", "[stories]") { tell("replay-bins"); }
TEST_CASE("A recorded leave-by time stands instead of the product's rule", "[stories]") { tell("replay-leave-by"); }
TEST_CASE("A load of 600 letters comes in lots of 250, 250 and 100", "[stories]") { tell("vehicle-lots"); }
TEST_CASE("Vehicles keep their days, their holidays and their lateness", "[stories]") { tell("timetable"); }
TEST_CASE("Mail at a rate by the hour comes in the hours given", "[stories]") { tell("rate-by-hours"); }
TEST_CASE("Mail loaded by product comes out product after product, not as the file names them", "[stories]") {
  tell("loaded-by-product");
}
TEST_CASE("Mail handled till one instant at different stations goes on by the names of the stations", "[stories]") {
  tell("ended-at-one-instant");
}
TEST_CASE("Mail kept by destination is taken destination after destination, by name", "[stories]") {
  tell("loaded-by-destination");
}
TEST_CASE("Arrears stand in the queue when the run begins", "[stories]") { tell("arrears"); }

// --- Departures ------------------------------------------------------------------------------------------------------

TEST_CASE("Mail that enters the bay after closing time takes the next departure", "[stories]") { tell("closing-time"); }
TEST_CASE("What a full vehicle leaves behind goes with the next and knows why it waited", "[stories]") {
  tell("full-vehicle-by-items");
}
TEST_CASE("A light parcel still goes where a heavy one before it found no room", "[stories]") {
  tell("full-vehicle-by-kg");
}
TEST_CASE("Of a lot larger than a vehicle a vehicle full goes and the rest takes the next", "[stories]") {
  tell("lot-larger-than-vehicle");
}
TEST_CASE("Two vehicles take two loads of mail and no lot is split over them", "[stories]") { tell("two-vehicles"); }
TEST_CASE("With vehicles as needed no mail stays behind", "[stories]") { tell("vehicles-as-needed"); }
TEST_CASE("In a bay by earliest due urgent mail gets the room in the vehicle", "[stories]") {
  tell("bay-by-earliest-due");
}

// --- Calendar, window, targets ---------------------------------------------------------------------------------------

TEST_CASE("Mail of a holiday waits until staff and vehicles come back", "[stories]") { tell("holiday"); }
TEST_CASE("Mail of half past two leaves at half past three in the night of the spring clock change", "[stories]") {
  tell("spring-clock-change");
}
TEST_CASE("Mail leaves at the first half past two in the night of the autumn clock change", "[stories]") {
  tell("autumn-clock-change");
}
TEST_CASE("Mail in hand at the end of the warm-up is counted as there at the start", "[stories]") { tell("warm-up"); }
TEST_CASE("Mail of the run's first instant comes in the run; what waits at the start is here before", "[stories]") {
  tell("mail-of-the-first-instant");
}
TEST_CASE("Mail of the first instant after the warm-up comes in the window", "[stories]") {
  tell("mail-of-the-windows-first-instant");
}
TEST_CASE("On time is judged day by day on the day mail was due", "[stories]") { tell("days-by-due-day"); }
TEST_CASE("Mail not worked through at six is what is left over", "[stories]") { tell("left-over"); }
TEST_CASE("The pace of a machine is judged over its busiest hours together", "[stories]") { tell("throughput"); }
TEST_CASE("The longest wait at a bay, a hold, a conveyor or bags is the longest time there", "[stories]") {
  tell("longest-wait-at-a-bay");
}
TEST_CASE("Mail due at midnight is due on the day that ends there", "[stories]") { tell("due-at-midnight"); }
TEST_CASE("What no item has come out of has no quality and no effectiveness", "[stories]") { tell("nothing-finished"); }
TEST_CASE("A target with nothing to judge is neither met nor missed", "[stories]") { tell("nothing-to-judge"); }
TEST_CASE("Night hours, overtime and the van make the cost of an item", "[stories]") { tell("cost"); }
TEST_CASE("Mail still there at the end is late when its time has passed and else undecided", "[stories]") {
  tell("end-of-run");
}

// --- Begun in a stated situation -------------------------------------------------------------------------------------

TEST_CASE("A run begins at two in the night with the mail, the people and the machines that are there", "[stories]") {
  tell("begun-at-two");
}
TEST_CASE("Mail is handled by those known to be here, to leave early and to stay longer", "[stories]") {
  tell("known-terms");
}

// --- The same run gives the same bytes -------------------------------------------------------------------------------

TEST_CASE("The same mail run twice gives the same bytes in every file", "[stories]") {
  const Scratch one("twice-one");
  const Scratch other("twice-other");
  check_same_files(files_of(run("by-chance", one)), files_of(run("by-chance", other)));
}
TEST_CASE("The log of the mail goes into the results' folder that the run makes", "[stories]") {
  const Scratch scratch("new-folder");
  CHECK(fs::exists(run("vehicle-lots", scratch, "", "", false) / "events.csv"));
}
TEST_CASE("Another seed brings other mail", "[stories]") {
  const Scratch one("seed-one");
  const Scratch other("seed-two");
  const auto files = files_of(run("by-chance", one, "--seed 1"));
  const auto others = files_of(run("by-chance", other, "--seed 2"));
  CHECK((files.at("events.csv") != others.at("events.csv")));
  CHECK((files.at("results.json") != others.at("results.json")));
}
TEST_CASE("Mail does not depend on the time zone, language or threads of the computer", "[stories]") {
  const Scratch one("settings-one");
  const Scratch other("settings-other");
  const std::string plain = "TZ=UTC LC_ALL=C LANG=C OMP_NUM_THREADS=1";
  const std::string odd = "TZ=Europe/Paris LC_ALL=fr_FR.UTF-8 LANG=fr_FR.UTF-8 OMP_NUM_THREADS=7";
  check_same_files(files_of(run("by-chance", one, "", plain)), files_of(run("by-chance", other, "", odd)));
}

// --- What has not ended, and what happens at the end
// -------------------------------------------------------------------

TEST_CASE("Where nobody works, what waits has waited until the end at least", "[stories]") { tell("nobody-at-work"); }
TEST_CASE("Mail still at the door at the end has waited there", "[stories]") { tell("still-at-the-door"); }
TEST_CASE("What customs or a bag hold at the end counts with its time so far", "[stories]") { tell("held-at-the-end"); }
TEST_CASE("A departure at the end's instant leaves, and mail due then is not late yet", "[stories]") {
  tell("departure-at-the-end");
}
TEST_CASE("A machine that breaks down while it is blocked is down", "[stories]") { tell("breakdown-while-blocked"); }
TEST_CASE("A machine that is down while it is closed loses nothing", "[stories]") { tell("breakdown-while-closed"); }
TEST_CASE("A machine without a crew on duty is not planned to work", "[stories]") { tell("crew-on-duty"); }

// --- The stories themselves ------------------------------------------------------------------------------------------

TEST_CASE("Every story of mail in the folder is told", "[stories]") {
  const std::string told = bytes_of(folder / "stories.cpp");
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() != ".yaml") continue;
    const std::string story = entry.path().stem().string();
    INFO(story);
    CHECK(told.find('"' + story + '"') != std::string::npos);
    CHECK((story == "by-chance" || fs::exists(folder / (story + ".expected"))));
  }
}
TEST_CASE("A story with other mail than expected is told apart", "[stories]") {
  const LogPart part{
      .activities = {"load"}, .day = "2025-03-03", .columns = {"end", "items"}, .rows = {{"09:00:00", "10"}}};
  const LogRow event{{"activity", "load"}, {"end", "2025-03-03T09:00:00"}, {"items", "10"}};
  LogRow fewer = event;
  fewer["items"] = "9";
  CHECK(difference(part, rows_that_count(part, {event})).empty());
  CHECK(difference(part, rows_that_count(part, {fewer})) ==
        "  end      | items\n- 09:00:00 | 10   \n+ 09:00:00 | 9    \n");
  CHECK_FALSE(difference(part, {}).empty());
  CHECK_FALSE(difference(part, rows_that_count(part, {event, event})).empty());
  const nlohmann::json results{{"in", 10}};
  CHECK(difference({{.path = "in", .value = "10"}}, results).empty());
  CHECK(difference({{.path = "in", .value = "8", .within = 2}}, results).empty());
  CHECK(difference({{.path = "in", .value = "9"}}, results) == "- in | 9 \n+ in | 10\n");
  CHECK(difference({{.path = "out", .value = "9"}}, results) == "- out | 9       \n+ out | (no out)\n");
}
