#pragma once

#include <span>

#include "runner/cli/command.h"

namespace bench::runner {

/// The table, in the order of --help.
std::span<const Command> all_commands();

// One function and one file a command; the table is in main.cpp.
int run_command(int argc, char** argv);
int plan_command(int argc, char** argv);
int status_command(int argc, char** argv);
int ls_command(int argc, char** argv);
int show_command(int argc, char** argv);
int report_command(int argc, char** argv);
int compare_command(int argc, char** argv);
int diff_command(int argc, char** argv);
int schema_command(int argc, char** argv);
int gate_command(int argc, char** argv);
int gate_cost_command(int argc, char** argv);  ///< `bench gate cost ...`
int verify_command(int argc, char** argv);
int score_command(int argc, char** argv);
int cost_command(int argc, char** argv);
int data_command(int argc, char** argv);
int restore_command(int argc, char** argv);
int weights_command(int argc, char** argv);
int doctor_command(int argc, char** argv);
int completion_command(int argc, char** argv);
int man_command(int argc, char** argv);
int db_command(int argc, char** argv);
int explain_command(int argc, char** argv);
int gc_command(int argc, char** argv);
int rm_command(int argc, char** argv);
int table_command(int argc, char** argv);
int export_command(int argc, char** argv);
int resume_command(int argc, char** argv);
int cancel_command(int argc, char** argv);
int slurm_task_command(int argc, char** argv);  ///< not for people

}  // namespace bench::runner
