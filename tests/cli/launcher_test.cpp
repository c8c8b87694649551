// The launcher, ./mailflow: what it says where packages cannot be installed, and where it builds.
//
// It is run from a checkout of its own whose cmake "builds" a program that says "built"; another one is planted.
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>

#include "cli/program.hpp"

namespace mailflow::program {
namespace {

class Checkout : public Desk {
 public:
  Checkout() {
    fs::permissions(folder().parent_path(), fs::perms::all);
    put("checkout/CMakeLists.txt", "");
    put("checkout/CMakePresets.json", "{}\n");
    put("checkout/sim/a.cpp", "");
    fs::copy(fs::path(MAILFLOW_SOURCE_DIR) / "mailflow", folder() / "checkout/mailflow");
    tool("cmake",
         "[[ $1 == --build ]] && dir=$2 || dir=${*: -1}; mkdir -p \"$dir\"; touch \"$dir/build.ninja\"; "
         "printf '#!/bin/sh\\necho built\\n' >\"$dir/mailflow\"; chmod 755 \"$dir/mailflow\"");
    tool("sudo", "exec \"$@\"");
    fs::create_directory(folder() / "tmp");
    REQUIRE(chmod((folder() / "tmp").c_str(), 01777) == 0);
    REQUIRE(chmod((folder() / "checkout").c_str(), 0555) == 0);
  }
  ~Checkout() { chmod((folder() / "checkout").c_str(), 0755); }
  Checkout(const Checkout&) = delete;
  Checkout(Checkout&&) = delete;
  Checkout& operator=(const Checkout&) = delete;
  Checkout& operator=(Checkout&&) = delete;

  /// A program that stands before the system's of this name.
  void tool(const std::string& name, const std::string& script) const {
    put("tools/" + name, "#!/bin/bash\n" + script + "\n");
    fs::permissions(folder() / "tools" / name, fs::perms::all);
  }
  /// As a user who may not write the checkout; `with` are words before the command.
  Said launch(const std::string& with) const {
    const std::string as_nobody = geteuid() == 0 ? "setpriv --reuid=65534 --regid=65534 --clear-groups " : "";
    return tell("PATH=\"$PWD/tools:$PATH\" " + as_nobody + "env -u HOME -u XDG_CACHE_HOME TMPDIR=\"$PWD/tmp\" " + with +
                " checkout/mailflow --version");
  }
  std::string user() const { return geteuid() == 0 ? "65534" : std::to_string(geteuid()); }
};

TEST_CASE("where packages cannot be installed the launcher says so") {
  const Checkout desk;
  desk.tool("dpkg-query", "exit 0");
  desk.tool("apt-get", "if [[ $1 == -s ]]; then exit 100; fi; echo 'E: no such package'; exit 100");
  const Said said = desk.launch("");
  CHECK(said.status == 4);
  CHECK(holds(said.err, "E: no such package\nmailflow: apt-get could not install them (see above)"));
}

TEST_CASE("without a home the launcher builds a checkout that it cannot write in a folder of the user's own") {
  const Checkout desk;
  const Said said = desk.launch("MAILFLOW_INSTALL=no");
  INFO(said.err);
  CHECK(said.status == 0);
  CHECK(said.out == "built\n");
  struct stat there{};
  REQUIRE(stat((desk.folder() / ("tmp/mailflow-" + desk.user())).c_str(), &there) == 0);
  CHECK((there.st_mode & 07777U) == 0700);
  CHECK(desk.launch("MAILFLOW_INSTALL=no").out == "built\n");  // its own once more
}

TEST_CASE("the launcher builds and runs nothing in a folder that others could write") {
  const std::string plant =
      "d=$(echo $(echo \"$(realpath checkout)\" | cksum) | tr -d ' '); mkdir -p $t/$d/release; "
      "printf '#!/bin/sh\\necho planted\\n' >$t/$d/release/mailflow; chmod 755 $t/$d/release/mailflow; "
      "realpath checkout >$t/$d/release/launcher.stamp; ";
  const std::string none =
      ", and nothing is built or run there; remove it, or name another place to build in: "
      "XDG_CACHE_HOME=DIR\n";
  {
    const Checkout desk;  // where the launcher once looked
    REQUIRE(desk.tell("t=tmp/.cache/mailflow; " + plant).status == 0);
    CHECK(desk.launch("MAILFLOW_INSTALL=no").out == "built\n");
  }
  const auto refused = [&](const Checkout& desk, const std::string& made, const std::string& why) {
    const std::string own = "tmp/mailflow-" + desk.user();
    REQUIRE(desk.tell("t=" + own + "; " + made).status == 0);
    const Said said = desk.launch("MAILFLOW_INSTALL=no");
    CHECK(said.status == 4);
    CHECK(said.out.empty());
    CHECK(said.err == "mailflow: " + (fs::canonical(desk.folder()) / own).string() + " " + why + none);
  };
  if (geteuid() == 0) refused(Checkout(), plant, "is another user's");
  refused(Checkout(), "mkdir elsewhere; ln -s ../elsewhere $t", "is no directory");
  refused(Checkout(), "mkdir $t; chmod 777 $t; " + std::string(geteuid() == 0 ? "chown 65534:65534 $t" : "true"),
          "can be written by other users");
}

}  // namespace
}  // namespace mailflow::program
