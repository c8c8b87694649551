#include "cli/text_commands.hpp"

#include "cli/help_words.hpp"
#include "cli/shared_options.hpp"
#include "core/words.hpp"
#include "scenario/starting/starting_point.hpp"

namespace mailflow::cli {
namespace {

void check(const AddCommand& add, TextRequests& asked) {
  CLI::App& command = add("check", tr("Tells all problems of a scenario at once, and runs nothing"),
                          [&asked] { return check_command(asked.file, asked.data_dir); });
  command.add_option(tr_later("file"), asked.file, tr("scenario"))->required();
  add_data(command, asked.data_dir);
}

void edit(const AddCommand& add, EditRequest& asked) {
  CLI::App& command = add("edit", tr("Changes values in the text of a scenario; comments and layout stay"),
                          [&asked] { return edit_command(asked); });
  command.add_option(tr_later("file"), asked.file, tr("scenario, what-if or situation"))->required();
  command.add_option("--set", asked.sets,
                     tr("PATH=VALUE: gives what is there another value; may be given several times"));
  command.add_option("--add", asked.adds,
                     tr("PATH=VALUE: adds a key, or an item of a list, that is not there; may be given several times"));
  command.add_option("--remove", asked.removes, tr("PATH: takes a key or an item away; may be given several times"));
  command.add_option("--rename", asked.renames,
                     tr("PATH=NAME: another name for a key, and for an element wherever it is mentioned in the file"));
  command.add_flag("--everywhere", asked.everywhere,
                   tr("change values that stand in several places, by an anchor and its aliases, in all of them"));
  command.add_flag("--dry-run", asked.dry_run, tr("write nothing; print what would change (a unified diff)"));
  add_data(command, asked.data_dir);
}

void start(const AddCommand& add, TextRequests& asked) {
  CLI::App& command = add("new", tr("Writes a small scenario to begin with, and a what-if beside it"),
                          [&asked] { return new_command(asked.kind, asked.folder); });
  command.add_option(tr_later("kind"), asked.kind, tr("processing-centre, delivery-office, parcel-hub or blank"))
      ->required()
      ->check(CLI::IsMember(starting_points()));
  command.add_option(tr_later("folder"), asked.folder, tr("folder for it; none of its files is written over"))
      ->required();
}

}  // namespace

void add_text_commands(const AddCommand& add, TextRequests& asked) {
  check(add, asked);
  edit(add, asked.edit);
  start(add, asked);
}

}  // namespace mailflow::cli
